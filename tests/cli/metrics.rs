//! Readings on the command line: what is refused, what iterations did, the chart.

use crate::home::{Home, SMALL};

fn begun() -> Home {
    let home = Home::new();
    home.strategy("small", SMALL);
    home.ok(&["new", "small", "--set", "problem=slow", "-q"]);
    home.ok(&["turn", "start"]);
    home
}

#[test]
fn what_is_no_number_is_refused_in_a_sentence() {
    let home = begun();
    for figure in ["NaN", "-inf", "1e999", "soon", "45 ms", "4,5", ""] {
        for args in [&["metric", "latency", figure][..], &["evidence", "figure", figure]] {
            let ran = home.run(args);
            assert_eq!((ran.code, ran.out.as_str()), (4, ""), "{args:?}: {ran:?}");
            assert!(ran.err.starts_with("error: ") && ran.err.contains("\nhint: "), "{ran:?}");
        }
    }
    assert!(home.fails(4, &["metric", "latency", "45 ms"]).contains("write only the figure, without its unit"));
    home.ok(&["metric", "latency", "-4.5"]);
    assert_eq!(home.json(&["show"])["computed"]["metrics"][0]["last"], -4.5);
}
