# El conocimiento. Lo que dice el conocimiento mismo no se traduce aquí.

menu-knowledge = Conocimiento
knowledge-search = Consultar algo
knowledge-search-hint = Una palabra, un identificador, un autor: se busca en todo lo que se sabe.
knowledge-found = { $n ->
    [0] No se ha encontrado nada
    [one] Se ha encontrado una cosa
   *[other] Se han encontrado { $n } cosas
  }
knowledge-nothing = No se ha encontrado nada
knowledge-nothing-says = Deben aparecer todas las palabras. Pruebe con menos.
knowledge-kinds = Todo, por clases
knowledge-release = Edición { $release }. Archivos certificados por un clínico: { $certified } de { $files }.
certified-by = certificado por { $name }
not-certified = no certificado por un clínico
statement-certified = Certificado.
statement-not-certified = Todavía sin certificar.
basis-secondary = No confirmado en el propio artículo.
basis-judgement = Juicio de expertos.
kind-findings = Hallazgos
kind-conditions = Afecciones
kind-classifications = Clasificaciones
kind-instruments = Cuestionarios
kind-interventions = Intervenciones
kind-techniques = Técnicas
kind-medicines = Medicamentos
kind-muscles = Músculos
kind-joints = Articulaciones y segmentos
kind-patterns = Patrones musculares
kind-professions = Profesiones
kind-pathways = Vías de derivación
kind-profiles = Perfiles de guías
kind-sources = Guías y otras fuentes
kind-method = Los números del razonamiento
one-finding = Hallazgo
one-condition = Afección
one-classification = Clasificación
one-instrument = Cuestionario
one-intervention = Intervención
one-technique = Técnica
one-medicine = Medicamento
one-muscle = Músculo
one-joint = Articulación
one-pattern = Patrón muscular
one-profession = Profesión
one-pathway = Vía de derivación
one-profile = Perfil de guías
one-source = Fuente
