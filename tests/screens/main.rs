//! Keys in, screen out: what a person sees of every screen.

// A test fails loudly; the exception in clippy.toml reaches only functions marked as tests.
#![allow(clippy::unwrap_used)]

mod advise;
mod browser;
mod commanding;
mod compare;
mod dialogs;
mod distil;
#[path = "../common/effort.rs"]
mod effort;
mod expanded;
mod findings;
mod form;
#[path = "../common/full_plan.rs"]
mod full_plan;
mod gates;
mod given;
#[path = "../common/hostile.rs"]
mod hostile;
mod judgement;
mod jumps;
mod keys;
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
#[path = "../common/syntax.rs"]
mod syntax;
mod workspace;
mod wrap_up;
