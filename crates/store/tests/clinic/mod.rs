//! The clinic: what is made of the events, who sees it, and that it can be made again.

mod directory;
mod dump;
mod episodes;
mod erasure;
mod filter;
mod knowledge;
mod openings;
mod patients;
mod rebuild;
mod referrals;
mod same;
mod search;
mod story;
mod walks;
mod world;
mod writers;
