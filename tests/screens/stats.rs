//! Statistics: charts of finished plans, and budgets from them in the review of a form.

use setlist::app::model::Screen;
use setlist::app::msg::Msg;
use setlist::domain::stats::{LONGEST, Stats};
use setlist::tui::view::theme::{Palette, Theme};

use crate::assert_screen;
use crate::given;
use crate::rig::Rig;

const SIZES: [(u16, u16); 4] = [(80, 24), (120, 40), (200, 50), (60, 20)];

/// A bug looked into from beginning to end, each turn with its clock running so many minutes.
fn a_bug(rig: &mut Rig, minutes: &[i64]) {
    given::start(rig, "bug inv", "Users cannot log in, intermittently");
    for minutes in minutes {
        rig.keys("t").wait_minutes(*minutes).keys("d");
    }
    rig.keys("w<space>jj<space>").keys("F").keys("no agent was at hand<enter>");
    assert!(rig.status().contains("finished"), "{}", rig.screen());
}

/// Four bugs in five weeks, a plan with gates, one of them rejected, and one that was given up.
fn a_record(rig: &mut Rig) {
    a_bug(rig, &[20, 40, 15, 70, 65, 30]);
    rig.wait_minutes(7 * 24 * 60);
    a_bug(rig, &[35, 55, 0, 40, 95, 25]);
    a_bug(rig, &[25, 30, 20, 20, 150, 35]);
    rig.wait_minutes(14 * 24 * 60);
    given::start(rig, "rest api", "Bookings of meeting rooms");
    rig.keys("t").wait_minutes(25).keys("d");
    rig.keys("t").wait_minutes(50).keys("df").keys("the limits are missing<enter>").wait_minutes(20).keys("dp<enter>");
    given::close_rest(rig, 45);
    rig.keys("wF").keys("no agent was at hand<enter>");
    rig.wait_minutes(7 * 24 * 60);
    a_bug(rig, &[30, 60, 20, 90, 80, 40]);
    rig.keys("w");
}

#[test]
fn the_record_of_some_weeks() {
    let mut rig = Rig::new();
    a_record(&mut rig);
    rig.keys("gt");
    assert!(rig.screen().contains("Planned and worked, by turn"), "whoever comes from a plan means its strategy");
    for (columns, rows) in SIZES {
        rig.resize(columns, rows);
        assert_screen!(format!("stats_strategy_{columns}x{rows}"), rig);
    }
    rig.keys("<tab>");
    assert_screen!("stats_charts_60x20", rig);
    rig.resize(80, 24).keys("G");
    assert_screen!("stats_charts_end_80x24", rig);
    rig.keys("<esc>gg");
    for (columns, rows) in SIZES {
        rig.resize(columns, rows);
        assert_screen!(format!("stats_all_{columns}x{rows}"), rig);
    }
    rig.resize(80, 24);
    rig.theme = Theme::new(Palette::Mono, true);
    assert_screen!("stats_ascii_80x24", rig);
    assert!(rig.screen().is_ascii(), "{}", rig.screen());
}

#[test]
fn without_a_finished_plan_it_says_what_will_stand_there() {
    let mut rig = Rig::new();
    rig.keys("gt");
    for (columns, rows) in SIZES {
        rig.resize(columns, rows);
        assert_screen!(format!("stats_none_{columns}x{rows}"), rig);
    }
    rig.resize(80, 24).keys("jkJKGzz<tab><enter>");
    assert!(rig.screen().contains("No plan is finished yet"), "{}", rig.screen());
    rig.model.stats.stats = None;
    assert!(rig.screen().contains("Reading the plans"), "{}", rig.screen());
    let failure =
        setlist::app::msg::Failure { message: "a\u{202e}b is a file".into(), hint: String::new(), refused: false };
    rig.msg(Msg::NoStats(failure));
    assert!(rig.screen().contains("The plans cannot be read."), "{}", rig.screen());
    assert!(rig.screen().contains("a\\u{202e}b is a file"), "{}", rig.screen());
}

#[test]
fn only_what_was_given_up_has_no_charts() {
    let mut rig = Rig::new();
    given::start(&mut rig, "bug inv", "Users cannot log in");
    let id = rig.model.workspace.as_ref().unwrap().plan.id.clone();
    let abandon = setlist::domain::command::Command::Abandon { session: None, reason: String::new() };
    rig.perform(setlist::app::msg::Effect::Apply(id, abandon));
    rig.keys("gpgt");
    assert!(rig.screen().contains("No plan is finished yet."), "{}", rig.screen());
    rig.keys("j");
    assert!(rig.screen().contains("No plan of it is finished; 1 plan given"), "{}", rig.screen());
}

#[test]
fn esc_goes_back_to_where_one_came_from_and_a_restart_comes_back() {
    let mut rig = Rig::new();
    a_bug(&mut rig, &[20, 40, 15, 70, 65, 30]);
    rig.keys("gtG<tab><esc>");
    assert_eq!(rig.model.screen, Screen::Stats, "first out of the charts");
    rig.keys("<esc>");
    assert_eq!(rig.model.screen, Screen::WrapUp);
    rig.keys("gpgt");
    let mut rig = rig.restart();
    assert!(rig.screen().contains("Planned and worked, by turn"), "{}", rig.screen());
    rig.keys("<esc>");
    assert_eq!(rig.model.screen, Screen::Browser);
}

#[test]
fn a_plan_that_changes_outside_changes_the_figures() {
    let mut rig = Rig::new();
    a_bug(&mut rig, &[20, 40, 15, 70, 65, 30]);
    rig.keys("gt");
    assert!(rig.screen().contains("1 plan finished, 0 given up"), "{}", rig.screen());
    let folder = rig.home.path().join("data/plans");
    let file = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    std::fs::remove_file(file).unwrap();
    rig.msg(Msg::OutsidePlans(vec!["whatever".into()]));
    assert!(rig.screen().contains("No plan is finished yet"), "{}", rig.screen());
}

#[test]
fn changes_while_it_is_read_are_read_once_more_and_no_oftener() {
    let mut rig = Rig::new();
    assert!(rig.model.stats.ask());
    assert!(!rig.model.stats.ask() && !rig.model.stats.ask());
    assert!(rig.model.stats.take(Ok(Box::new(Stats::default()))), "once more");
    assert!(!rig.model.stats.take(Ok(Box::new(Stats::default()))));
    assert!(rig.model.stats.ask());
}

#[test]
fn a_click_selects_and_the_wheel_scrolls() {
    let mut rig = Rig::at(120, 40);
    a_record(&mut rig);
    rig.keys("gt").click("All strategies");
    assert!(rig.screen().contains("by strategy"), "{}", rig.screen());
    rig.click("REST API");
    assert!(rig.screen().contains("by turn"), "{}", rig.screen());
    rig.msg(Msg::Wheel(setlist::app::msg::ClickTarget::Pane(1), 3));
    assert!(rig.model.stats.scroll > 0);
    rig.msg(Msg::Wheel(setlist::app::msg::ClickTarget::Pane(0), -1));
    assert_eq!(rig.model.stats.scroll, 0, "another strategy begins at its top");
}

#[test]
fn any_figures_and_titles_fit_any_size() {
    let mut rig = Rig::new();
    a_record(&mut rig);
    rig.keys("gt");
    let hostile = "\u{1b}[2J\u{202e}evil\u{200b} 日本語の題名 \u{1f469}\u{200d}\u{1f4bb} xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
    let stats = rig.model.stats.stats.as_mut().unwrap();
    for strategy in &mut stats.strategies {
        strategy.title = hostile.into();
        strategy.added.worked = LONGEST;
        strategy.figures.added = usize::MAX;
        strategy.figures.times.planned = u64::MAX;
        strategy.figures.rework = u64::MAX;
        for turn in &mut strategy.turns {
            turn.title = hostile.into();
            turn.session_title = hostile.into();
            turn.times.worked = u64::MAX;
            turn.times.planned = 1;
            turn.rework = u64::MAX;
            turn.unverified = 1;
        }
        strategy.figures.misses.iter_mut().for_each(|miss| miss.text = hostile.into());
    }
    for focus in ["", "<tab>", "G", "<tab>gg"] {
        rig.keys(focus);
        let small = (1..=30_u16).flat_map(|columns| [1, 2, 4, 5, 9, 15].map(|rows| (columns, rows)));
        for (columns, rows) in small.chain([(66, 12), (100, 30), (160, 30), (250, 80), (300, 3)]) {
            let screen = rig.resize(columns, rows).screen();
            assert!(!screen.contains(['\u{1b}', '\u{202e}', '\u{200b}']), "{columns}x{rows}\n{screen}");
            for line in screen.lines() {
                assert!(
                    unicode_width::UnicodeWidthStr::width(line) <= usize::from(columns),
                    "{columns}x{rows}: {line}"
                );
            }
        }
    }
}

#[test]
fn the_review_offers_budgets_from_the_record_and_the_plan_starts_with_them() {
    let mut rig = Rig::new();
    for minutes in [[20, 40, 15, 70, 65, 0], [35, 55, 0, 40, 95, 0]] {
        a_bug(&mut rig, &minutes);
    }
    let review = "gb<esc><esc>/bug inv<enter><enter>The next bug of many<esc>r";
    rig.keys(review);
    assert!(!rig.screen().contains("yours"), "two plans are no record\n{}", rig.screen());
    rig.keys("b");
    assert!(rig.status().contains("2 of the 3 finished plans"), "{}", rig.screen());
    rig.keys("<esc><esc>");
    a_bug(&mut rig, &[25, 30, 20, 20, 150, 0]);
    rig.keys(review);
    for (columns, rows) in SIZES {
        rig.resize(columns, rows).keys("G");
        rig.screen();
        rig.keys(if columns < 100 { "gg<pgdn>" } else { "gg" });
        assert_screen!(format!("stats_review_guide_{columns}x{rows}"), rig);
    }
    rig.resize(120, 40).keys("b");
    assert_screen!("stats_review_own_120x40", rig);
    rig.keys("b");
    assert!(rig.screen().contains("[guide: 30m-1h15]  yours: 25m (median of 3)"), "{}", rig.screen());
    rig.keys("b<enter>");
    assert!(rig.status().ends_with("started"), "{}", rig.screen());
    let plan = &rig.model.workspace.as_ref().unwrap().plan;
    let budgets: Vec<String> =
        plan.sessions[0].turns.iter().map(|turn| turn.budget.as_ref().unwrap().short()).collect();
    assert_eq!(budgets, ["25m", "40m", "20m", "40m", "1h30", "30m-1h30"], "the last turn was never timed");
    assert_eq!(plan.revision, 1, "one change: the start");
    rig.keys("u");
    assert!(rig.model.workspace.as_ref().unwrap().plan.sessions[0].turns[0].budget.is_some(), "{}", rig.screen());
}

#[test]
fn a_draft_keeps_whose_budgets_were_chosen() {
    let mut rig = Rig::new();
    for _ in 0..3 {
        a_bug(&mut rig, &[20, 40, 15, 70, 65, 30]);
    }
    rig.keys("gb<esc><esc>/bug inv<enter><enter>The next bug of many<esc>rb<esc><esc>");
    let mut rig = rig.restart();
    rig.keys("/bug inv<enter><enter>r");
    assert!(rig.screen().contains("The next bug"), "{}", rig.screen());
    assert!(rig.model.form.as_ref().unwrap().answers.own_budgets);
}
