//! Which panes a size has room for. The view draws what is decided here; keys move in it.

/// How much room there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Breakpoint {
    /// One pane with a tab strip.
    Narrow,
    /// Two columns.
    Normal,
    /// Two columns and panes below.
    Roomy,
    /// Three columns.
    Wide,
}

/// How much room `size` (columns, rows) gives.
pub fn breakpoint((columns, rows): (u16, u16)) -> Breakpoint {
    match (columns, rows) {
        (160.., 30..) => Breakpoint::Wide,
        (100.., 30..) => Breakpoint::Roomy,
        (66.., 12..) => Breakpoint::Normal,
        _ => Breakpoint::Narrow,
    }
}

/// The pane `by` places further, round the ends.
pub fn pane_step<P: Copy + PartialEq>(panes: &[P], pane: P, by: isize) -> P {
    let at = panes.iter().position(|other| *other == pane).unwrap_or(0) as isize;
    panes[(at + by).rem_euclid(panes.len() as isize) as usize]
}
