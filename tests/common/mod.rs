//! What several test binaries share.

pub mod effort;
pub mod pty;
