//! A numbered choice: what is offered, what is not and why, and which of it a person means.

/// A numbered choice.
#[derive(Debug, Clone)]
pub struct Menu<T> {
    offered: Vec<(String, T)>,
    /// What would be refused now, with the reason.
    withheld: Vec<(String, String)>,
}

/// What was meant by an answer.
#[derive(Debug, PartialEq, Eq)]
pub enum MenuMatch<'m, T> {
    One(&'m T),
    /// It is not to be had now: what, and why.
    Withheld(&'m str, &'m str),
    /// Several begin like this.
    Several(Vec<&'m str>),
    None,
}

impl<T> Default for Menu<T> {
    fn default() -> Self {
        Self { offered: Vec::new(), withheld: Vec::new() }
    }
}

impl<T> Menu<T> {
    pub fn of(items: impl IntoIterator<Item = (String, T)>) -> Self {
        Self { offered: items.into_iter().collect(), withheld: Vec::new() }
    }

    /// Offers `what` under this label.
    pub fn offer(&mut self, label: impl Into<String>, what: T) {
        self.offered.push((label.into(), what));
    }

    /// Offers `what` where nothing stands against it; else the reason is kept for whoever asks.
    pub fn offer_unless(&mut self, label: impl Into<String>, against: Option<String>, what: T) {
        match against {
            None => self.offer(label, what),
            Some(why) => self.withheld.push((label.into(), why)),
        }
    }

    /// How many are offered.
    pub fn len(&self) -> usize {
        self.offered.len()
    }

    pub fn is_empty(&self) -> bool {
        self.offered.is_empty()
    }

    /// The choices, each a line with its number.
    pub fn lines(&self) -> Vec<String> {
        self.offered.iter().enumerate().map(|(at, (label, _))| format!("{}. {label}", at + 1)).collect()
    }

    /// What is not to be had now, each a line with the reason.
    pub fn not_now(&self) -> Vec<String> {
        self.withheld.iter().map(|(label, why)| format!("Not now: {label}, because {why}.")).collect()
    }

    /// What `answer` means: a number, a label or the beginning of one, or the beginning of a word in one.
    pub fn find(&self, answer: &str) -> MenuMatch<'_, T> {
        let answer = answer.trim().trim_end_matches('.').to_lowercase();
        if let Ok(number) = answer.parse::<usize>() {
            let found = number.checked_sub(1).and_then(|at| self.offered.get(at));
            return found.map_or(MenuMatch::None, |(_, what)| MenuMatch::One(what));
        }
        if answer.is_empty() {
            return MenuMatch::None;
        }
        let is = |label: &str| label.to_lowercase() == answer;
        let begins = |label: &str| label.to_lowercase().starts_with(&answer);
        let has_word = |label: &str| {
            let label = label.to_lowercase();
            label.match_indices(&answer).any(|(at, _)| !label[..at].ends_with(char::is_alphanumeric))
        };
        let fits: [&dyn Fn(&str) -> bool; 3] = [&is, &begins, &has_word];
        for fit in fits {
            let found: Vec<&(String, T)> = self.offered.iter().filter(|(label, _)| fit(label)).collect();
            match found.as_slice() {
                [] => {}
                [(_, what)] => return MenuMatch::One(what),
                several => return MenuMatch::Several(several.iter().map(|(label, _)| label.as_str()).collect()),
            }
            if let Some((label, why)) = self.withheld.iter().find(|(label, _)| fit(label)) {
                return MenuMatch::Withheld(label, why);
            }
        }
        MenuMatch::None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn menu() -> Menu<u8> {
        let mut menu = Menu::of([("Read the prompt".to_owned(), 1), ("Record evidence".to_owned(), 2)]);
        menu.offer("Skip the turn, with a reason", 3);
        menu.offer_unless("Close the turn", Some("turn 'Fix' is not under way".into()), 4);
        menu
    }

    #[test]
    fn numbers_labels_beginnings_and_words_are_understood() {
        let menu = menu();
        assert_eq!(menu.lines(), ["1. Read the prompt", "2. Record evidence", "3. Skip the turn, with a reason"]);
        for (answer, wanted) in
            [("1", 1), (" 2. ", 2), ("rea", 1), ("RECORD EVIDENCE", 2), ("prompt", 1), ("evid", 2), ("s", 3)]
        {
            assert_eq!(menu.find(answer), MenuMatch::One(&wanted), "{answer}");
        }
        assert_eq!(menu.find("re"), MenuMatch::Several(vec!["Read the prompt", "Record evidence"]));
        for answer in ["0", "4", "-1", "rompt", "x", ""] {
            assert_eq!(menu.find(answer), MenuMatch::None, "{answer}");
        }
    }

    #[test]
    fn what_is_withheld_is_found_with_its_reason() {
        let menu = menu();
        assert_eq!(menu.find("close"), MenuMatch::Withheld("Close the turn", "turn 'Fix' is not under way"));
        assert_eq!(menu.not_now(), ["Not now: Close the turn, because turn 'Fix' is not under way."]);
    }
}
