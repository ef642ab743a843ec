//! Keys in, screen out: what a person sees of every screen.

mod rig;
mod smoke;
