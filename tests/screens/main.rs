//! Keys in, screen out: what a person sees of every screen.

// A test fails loudly; the exception in clippy.toml reaches only functions marked as tests.
#![allow(clippy::unwrap_used)]

mod advise;
mod browser;
mod distil;
mod findings;
mod form;
mod gates;
mod given;
mod judgement;
mod lanes;
mod overlays;
mod plans;
mod queue;
mod resume;
mod review;
mod rig;
mod small;
mod smoke;
mod stats;
mod workspace;
mod wrap_up;
