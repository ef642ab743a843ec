//! Keys in, screen out: what a person sees of every screen.

mod browser;
mod form;
mod given;
mod lanes;
mod overlays;
mod rig;
mod smoke;
mod workspace;
