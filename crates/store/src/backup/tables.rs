//! What a backup holds. A table that is missing here fails the test `a_restored_database_holds_every_row`.
//!
//! What a database does not have is passed over: before an upgrade an older one is backed up. So a table or column that a later schema takes away stays in the list.

use super::cell::Kind::{self, Bytes, Number, Text};

/// A table that a backup holds.
pub(super) struct Table {
    pub(super) name: &'static str,
    /// All of them.
    pub(super) columns: &'static [(&'static str, Kind)],
    /// The columns by which its rows are sorted.
    pub(super) order: &'static str,
}

/// Every table but
///
/// - `instance`, of which the first line of a backup tells, and `projection`, which names what is made anew;
/// - `session`, `setup`, `oidc_state`, `link_session` and `email_code`: they open doors for minutes or hours, and none that was closed since may be open again after a restore. People sign in anew.
pub(super) const TABLES: &[Table] = &[
    Table {
        name: "person_key",
        columns: &[
            ("person", Text),
            ("sealed", Bytes),
            ("created_at", Text),
            ("erased_at", Text),
        ],
        order: "person",
    },
    Table {
        name: "event",
        columns: &[
            ("position", Number),
            ("stream", Text),
            ("version", Number),
            ("person", Text),
            ("kind", Text),
            ("shape", Number),
            ("actor", Text),
            ("recorded_at", Text),
            ("body", Bytes),
            ("hash", Bytes),
        ],
        order: "position",
    },
    Table {
        name: "request",
        columns: &[
            ("key", Text),
            ("fingerprint", Bytes),
            ("first", Number),
            ("last", Number),
        ],
        order: "key",
    },
    Table {
        name: "shown",
        columns: &[("person", Text), ("hash", Text), ("body", Bytes)],
        order: "person, hash",
    },
    Table {
        name: "outbox",
        columns: &[
            ("id", Number),
            ("person", Text),
            ("topic", Text),
            ("body", Bytes),
            ("due_at", Text),
            ("tries", Number),
            ("trouble", Text),
            ("sent_at", Text),
        ],
        order: "id",
    },
    Table {
        name: "diary",
        columns: &[
            ("id", Text),
            ("organisation", Text),
            ("day", Text),
            ("patient", Text),
            ("sealed", Bytes),
            ("kept_at", Text),
        ],
        order: "id",
    },
    Table {
        name: "refusal",
        columns: &[
            ("id", Text),
            ("user_id", Text),
            ("organisation", Text),
            ("method", Text),
            ("route", Text),
            ("patient", Text),
            ("refused_at", Text),
        ],
        order: "id",
    },
    Table {
        name: "inquiry",
        columns: &[
            ("id", Text),
            ("organisation", Text),
            ("sealed", Bytes),
            ("sent_at", Text),
        ],
        order: "id",
    },
    Table {
        name: "reminder",
        columns: &[
            ("episode", Text),
            ("assignment", Text),
            ("nth", Number),
            ("patient", Text),
            ("link", Text),
            ("message", Number),
            ("planned_at", Text),
        ],
        order: "episode, assignment, nth",
    },
    Table {
        name: "unreachable",
        columns: &[("address", Bytes), ("since", Text)],
        order: "address",
    },
    Table {
        name: "checkpoint",
        columns: &[
            ("day", Text),
            ("position", Number),
            ("hash", Bytes),
            ("signature", Bytes),
        ],
        order: "day",
    },
    Table {
        name: "account",
        columns: &[
            ("user_id", Text),
            ("sealed", Bytes),
            ("failed", Number),
            ("wait_until", Text),
        ],
        order: "user_id",
    },
    Table {
        name: "credential",
        columns: &[
            ("id", Text),
            ("user_id", Text),
            ("kind", Text),
            ("look_up", Bytes),
            ("sealed", Bytes),
            ("counter", Number),
            ("created_at", Text),
            ("used_at", Text),
        ],
        order: "id",
    },
    Table {
        name: "link",
        columns: &[
            ("id", Text),
            ("hash", Bytes),
            ("kind", Text),
            ("patient", Text),
            ("assignment", Text),
            ("tries", Number),
            ("created_at", Text),
            ("expires_at", Text),
            ("opened_at", Text),
            ("submitted_at", Text),
            ("revoked_at", Text),
        ],
        order: "id",
    },
    Table {
        name: "draft",
        columns: &[
            ("patient", Text),
            ("assignment", Text),
            ("version", Number),
            ("body", Bytes),
            ("changed_at", Text),
        ],
        order: "patient, assignment",
    },
];
