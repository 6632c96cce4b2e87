//! Where staff can go, by what they are.

/// What somebody is in their organisation, as far as the menu is concerned; the access rules decide what they may see there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Somebody of a profession who treats patients.
    Clinician,
    /// Registers, sends, chases.
    FrontDesk,
    /// Answers for the organisation.
    Owner,
    /// Sees rows without identity.
    Researcher,
    /// Keeps the server running.
    Operator,
}

/// An entry of the menu.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The id of its name among the words.
    pub word: &'static str,
    /// Where it is.
    pub address: &'static str,
    /// Whom it is shown to.
    pub roles: &'static [Role],
}

/// The menu. A new page that staff go to from anywhere gets a line here.
pub const PLACES: &[Place] = &[
    Place {
        word: "menu-caseload",
        address: "/",
        roles: &[Role::Clinician],
    },
    Place {
        word: "menu-today",
        address: "/today",
        roles: &[Role::FrontDesk],
    },
    Place {
        word: "menu-chase",
        address: "/chase",
        roles: &[Role::FrontDesk],
    },
    Place {
        word: "menu-owner",
        address: "/owner",
        roles: &[Role::Owner, Role::Researcher],
    },
    Place {
        word: "menu-alerts",
        address: "/alerts",
        roles: &[Role::Clinician, Role::FrontDesk, Role::Owner],
    },
    Place {
        word: "menu-inquiries",
        address: "/inquiries",
        roles: &[Role::FrontDesk],
    },
    Place {
        word: "menu-patients",
        address: "/patients",
        roles: &[Role::Clinician, Role::FrontDesk, Role::Owner],
    },
    Place {
        word: "menu-referrals",
        address: "/referrals",
        roles: &[Role::Clinician, Role::FrontDesk],
    },
    Place {
        word: "menu-directory",
        address: "/directory",
        roles: &[Role::Clinician, Role::FrontDesk],
    },
    Place {
        word: "menu-people",
        address: "/members",
        roles: &[Role::Owner],
    },
    Place {
        word: "menu-audit",
        address: "/audit",
        roles: &[Role::Owner],
    },
    Place {
        word: "menu-knowledge",
        address: "/knowledge",
        roles: &[
            Role::Clinician,
            Role::FrontDesk,
            Role::Owner,
            Role::Researcher,
            Role::Operator,
        ],
    },
];

impl Place {
    /// The entries for somebody of these roles.
    pub fn of(roles: &[Role]) -> impl Iterator<Item = &'static Self> {
        PLACES
            .iter()
            .filter(|place| place.roles.iter().any(|role| roles.contains(role)))
    }

    /// Whether this address lies here: `/patients/7` lies at `/patients`, `/patients-7` does not.
    #[must_use]
    pub fn holds(&self, address: &str) -> bool {
        let path = address.split(['?', '#']).next().unwrap_or_default();
        // Everything lies below the first page; only it is there.
        if self.address == "/" {
            return path == "/";
        }
        path.strip_prefix(self.address)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}
