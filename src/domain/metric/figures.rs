//! Figures as people read and type them, and the change between two of them in words.

use super::{Better, Course};
use crate::domain::refusal::Refusal;

/// The number that `text` is: a finite figure without a unit; `1_000` is a thousand.
///
/// # Errors
/// What is wrong with it and what to write instead.
pub fn number(text: &str) -> Result<f64, Refusal> {
    let text = text.trim();
    let parsed = |text: &str| text.replace('_', "").parse::<f64>();
    let refused = |hint: &str| Err(Refusal::invalid(format!("`{text}` is not a number"), hint));
    match parsed(text) {
        Ok(number) if number.is_finite() => Ok(number),
        Ok(_) => refused("a reading is a finite figure such as 45 or 0.93"),
        Err(_) if text.is_empty() => Err(Refusal::invalid("no figure was given", "write a number such as 45 or 0.93")),
        Err(_) if text.contains(',') && parsed(&text.replace(',', "")).is_ok() => {
            refused("write a point before decimals, and nothing between thousands")
        }
        Err(_) => refused("write only the figure, without its unit"),
    }
}

/// A figure without the noise of binary fractions: at most six decimals, none that say nothing.
pub fn figure(value: f64) -> String {
    let size = value.abs();
    if !value.is_finite() {
        return "not a number".into();
    }
    if size >= 1e15 || (size > 0.0 && size < 1e-6) {
        return format!("{value:e}");
    }
    let text = format!("{value:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".into() } else { text.into() }
}

/// A figure with its unit, where it has one: `45 ms`.
pub fn with_unit(value: f64, unit: &str) -> String {
    format!("{} {}", figure(value), unit.trim()).trim_end().to_owned()
}

/// The change from `from` to `to` in per cent of `from`; nothing where `from` is 0 or the result is
/// not finite.
pub fn change(from: f64, to: f64) -> Option<f64> {
    let percent = (to - from) / from.abs() * 100.0;
    (from != 0.0 && percent.is_finite()).then_some(percent)
}

/// A change in per cent as people say it: `91 % lower`, `unchanged`.
pub fn change_in_words(percent: f64) -> String {
    match percentage(percent) {
        figure if figure == "0" => "unchanged".into(),
        figure if percent < 0.0 => format!("{figure} % lower"),
        figure => format!("{figure} % higher"),
    }
}

/// The size of a percentage: whole from 10 on, else with one decimal; smaller ones than that are said so.
fn percentage(percent: f64) -> String {
    match percent.abs() {
        0.0 => "0".into(),
        size if size >= 1e6 => format!("{size:.1e}"),
        size if size >= 9.95 => format!("{size:.0}"),
        size if size < 0.05 => "less than 0.1".into(),
        size => format!("{size:.1}").trim_end_matches(".0").to_owned(),
    }
}

impl Course<'_> {
    /// The change from the baseline to the newest reading in words: `91 % lower`, or `5 ms higher`
    /// where the baseline is 0 and no percentage can be told.
    pub fn change_in_words(&self) -> Option<String> {
        Some(self.between(self.baseline?, self.last()?))
    }

    /// The change from one figure to another in words: in per cent, in the unit where `from` is 0.
    pub fn between(&self, from: f64, to: f64) -> String {
        match change(from, to) {
            Some(percent) => change_in_words(percent),
            None if to > from => format!("{} higher", with_unit(to - from, &self.spec.unit)),
            None if to < from => format!("{} lower", with_unit(from - to, &self.spec.unit)),
            None => "unchanged".into(),
        }
    }

    /// By how much the newest reading misses the target, in the unit and in per cent of the target:
    /// `55 ms (55 %)`. Nothing where it meets it, or there is none.
    pub fn missed_by(&self) -> Option<String> {
        let (target, last) = (self.target?, self.last()?);
        if self.reached()? {
            return None;
        }
        let by = with_unit((last - target).abs(), &self.spec.unit);
        Some(match change(target, last) {
            Some(percent) => format!("{by} ({} %)", percentage(percent)),
            None => by,
        })
    }

    /// Whether the newest reading meets the target, in words: `target reached`, `55 ms (55 %) above the target`.
    pub fn reached_in_words(&self) -> Option<String> {
        self.reached()?;
        let way = match self.spec.better {
            Better::Lower => "above",
            Better::Higher => "below",
        };
        Some(self.missed_by().map_or_else(|| "target reached".into(), |by| format!("{by} {way} the target")))
    }

    /// The target with its sign: `<= 100 ms`.
    pub fn target_in_words(&self) -> Option<String> {
        let sign = match self.spec.better {
            Better::Lower => "<=",
            Better::Higher => ">=",
        };
        Some(format!("{sign} {}", with_unit(self.target?, &self.spec.unit)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_guide_s_example_computes_its_percentages() {
        assert_eq!(change_in_words(change(500.0, 45.0).unwrap()), "91 % lower");
        assert_eq!(change_in_words(change(450.0, 50.0).unwrap()), "89 % lower");
        assert_eq!(change_in_words(change(100.0, 104.5).unwrap()), "4.5 % higher");
        assert_eq!(change_in_words(0.0), "unchanged");
    }

    #[test]
    fn a_small_change_is_not_called_none() {
        assert_eq!(change_in_words(change(1000.0, 1000.1).unwrap()), "less than 0.1 % higher");
        assert_eq!(change_in_words(-9.97), "10 % lower");
        assert_eq!(change_in_words(-5.0), "5 % lower");
    }

    #[test]
    fn a_baseline_of_nothing_has_no_percentage() {
        assert_eq!(change(0.0, 5.0), None);
        assert_eq!(change(1.0, f64::INFINITY), None);
        assert_eq!(change(-10.0, -5.0), Some(50.0));
    }

    #[test]
    fn figures_carry_no_noise_and_lose_nothing_that_counts() {
        for (value, text) in [
            (45.0, "45"),
            (0.1 + 0.2, "0.3"),
            (-3.5, "-3.5"),
            (100.0, "100"),
            (0.000_000_2, "2e-7"),
            (-0.0, "0"),
            (1e20, "1e20"),
            (f64::NAN, "not a number"),
        ] {
            assert_eq!(figure(value), text);
        }
        assert_eq!((with_unit(45.0, "ms"), with_unit(0.93, "")), ("45 ms".into(), "0.93".into()));
    }

    #[test]
    fn what_is_no_number_is_refused_in_a_sentence() {
        assert_eq!((number(" 1_234.5 "), number("-3"), number("1e3")), (Ok(1234.5), Ok(-3.0), Ok(1000.0)));
        for (text, hint) in [
            ("", "write a number such as 45 or 0.93"),
            ("45 ms", "write only the figure, without its unit"),
            ("4,5", "write a point before decimals, and nothing between thousands"),
            ("1,234.5", "write a point before decimals, and nothing between thousands"),
            ("NaN", "a reading is a finite figure such as 45 or 0.93"),
            ("-inf", "a reading is a finite figure such as 45 or 0.93"),
            ("1e999", "a reading is a finite figure such as 45 or 0.93"),
            ("soon", "write only the figure, without its unit"),
        ] {
            assert_eq!(number(text).unwrap_err().hint, hint, "{text}");
        }
    }
}
