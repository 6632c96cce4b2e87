# The knowledge browser. What the knowledge itself says is not translated here.

menu-knowledge = Knowledge
knowledge-search = Look something up
knowledge-search-hint = A word, an id, an author: everything that is known is searched.
knowledge-found = { $n ->
    [0] Nothing was found
    [one] One thing was found
   *[other] { $n } things were found
  }
knowledge-nothing = Nothing was found
knowledge-nothing-says = All words must stand in it. Try fewer words.
knowledge-kinds = Everything, by kind
knowledge-release = Release { $release }. Files that a clinician has certified: { $certified } of { $files }.
certified-by = certified by { $name }
not-certified = not certified by a clinician
statement-certified = Certified.
statement-not-certified = Not yet certified.
basis-secondary = Not confirmed in the paper itself.
basis-judgement = Expert judgement.
kind-findings = Findings
kind-conditions = Conditions
kind-classifications = Classifications
kind-instruments = Questionnaires
kind-interventions = Interventions
kind-techniques = Techniques
kind-medicines = Medicines
kind-muscles = Muscles
kind-joints = Joints and segments
kind-patterns = Muscle patterns
kind-professions = Professions
kind-pathways = Referral pathways
kind-profiles = Profiles of guidelines
kind-sources = Guidelines and other sources
kind-method = The numbers of the reasoning
one-finding = Finding
one-condition = Condition
one-classification = Classification
one-instrument = Questionnaire
one-intervention = Intervention
one-technique = Technique
one-medicine = Medicine
one-muscle = Muscle
one-joint = Joint
one-pattern = Muscle pattern
one-profession = Profession
one-pathway = Referral pathway
one-profile = Profile of guidelines
one-source = Source
