# Lo que leen los pacientes: primera consulta, seguimiento, su plan. Se les trata de usted.
