# Lo que leen los profesionales: pacientes a su cargo, historia, plan, sesión.
