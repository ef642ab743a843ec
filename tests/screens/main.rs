//! Keys in, screen out: what a person sees of every screen.

mod form;
mod rig;
mod smoke;
