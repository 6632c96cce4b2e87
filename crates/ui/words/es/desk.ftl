# Lo que lee la recepción: registrar, enviar, recordar.
