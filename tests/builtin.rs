//! The built-in strategies, held to what each must carry.

use std::fs;
use std::path::Path;

use setlist::domain::strategy_file;

#[test]
fn no_built_in_strategy_has_a_problem() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("strategies");
    let mut count = 0;
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let read = strategy_file::check(&fs::read_to_string(&path).unwrap(), Some(&stem));
        assert_eq!(read.problems, [], "{stem}");
        count += 1;
    }
    assert_eq!(count, 17);
}
