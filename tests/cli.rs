//! The program as a whole, from the command line: what it prints, what it refuses, and its exit codes.

#[path = "cli/ask.rs"]
mod ask;
#[path = "cli/bad_input.rs"]
mod bad_input;
#[path = "cli/explain.rs"]
mod explain;
#[path = "cli/import.rs"]
mod import;
#[path = "cli/operations.rs"]
mod operations;
#[path = "cli/replay.rs"]
mod replay;
#[path = "cli/same_bytes.rs"]
mod same_bytes;
#[path = "cli/schema.rs"]
mod schema;
#[path = "cli/serve.rs"]
mod serve;
#[path = "cli/shipped.rs"]
mod shipped;
#[path = "cli/small.rs"]
mod small;
#[path = "cli/support.rs"]
mod support;
