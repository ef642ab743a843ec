//! Values from arguments and files reach the prompt as they were given, whatever template syntax is in them.

use crate::effort::rounds;
use crate::home::{Home, SMALL};
use crate::syntax::value;

#[test]
fn what_is_given_is_never_expanded() {
    let home = Home::new();
    home.strategy("small", SMALL);
    let prompt = |value: &str| format!("Measure {value}, 3 times.\n");
    for number in 0..rounds(5, 200) {
        let (first, second, third) = (value(3 * number), value(3 * number + 1), value(3 * number + 2));
        let id = home.ok(&["new", "small", "--set", &format!("problem={first}"), "-q"]);
        let id = id.trim();
        assert_eq!(home.ok(&["prompt", "-p", id]), prompt(&first));
        home.write("value", &second);
        home.ok(&["set", &format!("problem=@{}", home.path("value").display()), "-p", id, "-q"]);
        assert_eq!(home.ok(&["prompt", "-p", id]), prompt(&second));
        let values = serde_json::json!({ "problem": third }).to_string();
        let file = home.write("values.json", &values);
        let id = home.ok(&["new", "small", "--values", file.to_str().unwrap(), "-q"]);
        assert_eq!(home.ok(&["prompt", "-p", id.trim()]), prompt(&third));
        assert_eq!(home.json(&["show", "-p", id.trim()])["plan"]["values"]["problem"], third.as_str());
    }
}
