//! How a field of the form stands, in a word.

/// How a field stands, in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldStatus {
    /// Keys go to it.
    Edit,
    /// Filled in and fine.
    Ok,
    /// Something is wrong with it.
    Wrong,
    /// Empty and wanted.
    Required,
    /// The default stands.
    Default,
    /// Empty, and may stay so.
    Optional,
}

impl FieldStatus {
    /// The word beside the field.
    pub fn word(self) -> &'static str {
        match self {
            Self::Edit => "EDIT",
            Self::Ok => "ok",
            Self::Wrong => "wrong",
            Self::Required => "required",
            Self::Default => "default",
            Self::Optional => "optional",
        }
    }
}
