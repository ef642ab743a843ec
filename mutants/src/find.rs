//! What is changed in a source: results of functions, comparisons, conditions, guards, small steps.

use std::ops::Range;

use proc_macro2::Span;
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};
use syn::{BinOp, Expr, Lit, ReturnType, Type, UnOp};

/// A change of a source that a switch turns on.
pub struct Mutant {
    pub id: u32,
    pub line: usize,
    pub column: usize,
    pub what: String,
    edits: Vec<Edit>,
}

/// Something put in place of a stretch of the source, which may be empty.
struct Edit {
    at: Range<usize>,
    text: String,
    /// Of two at one place, whether this one comes after what was found later: it closes what was opened before.
    closes: bool,
}

/// Every mutant of a source, numbered from `next` on.
pub fn find(text: &str, next: &mut u32) -> Vec<Mutant> {
    let file = syn::parse_file(text).expect("a source that parses");
    let mut finder = Finder { next, found: Vec::new() };
    finder.visit_file(&file);
    finder.found
}

/// The source with the mutants in it.
pub fn written(text: &str, mutants: &[Mutant]) -> String {
    let edits = mutants.iter().flat_map(|mutant| &mutant.edits).enumerate();
    let mut edits: Vec<(usize, &Edit)> = edits.collect();
    // What closes comes first at a place, inner before outer; then what opens, outer before inner.
    edits.sort_by_key(|(order, edit)| {
        let order = if edit.closes { -(*order as isize) } else { *order as isize };
        (edit.at.start, !edit.closes, order)
    });
    let (mut out, mut done) = (String::new(), 0);
    for (_, edit) in edits {
        out += &text[done..edit.at.start.max(done)];
        out += &edit.text;
        done = edit.at.end.max(done);
    }
    out + &text[done..]
}

struct Finder<'n> {
    next: &'n mut u32,
    found: Vec<Mutant>,
}

impl Finder<'_> {
    /// A mutant, its edits made with its number.
    fn add(&mut self, span: Span, what: impl Into<String>, edits: impl FnOnce(u32) -> Vec<Edit>) {
        let (id, start) = (*self.next, span.start());
        *self.next += 1;
        let what = what.into();
        self.found.push(Mutant { id, line: start.line, column: start.column + 1, what, edits: edits(id) });
    }

    /// A mutant that wraps an expression.
    fn wrap(&mut self, expr: &Expr, what: &str, before: impl FnOnce(u32) -> String, after: &str) {
        let range = expr.span().byte_range();
        let after = after.to_owned();
        self.add(expr.span(), what, |id| vec![opens(range.start, before(id)), closes(range.end, after)]);
    }

    fn function(&mut self, name: &str, signature: &syn::Signature, block: &syn::Block) {
        if signature.constness.is_some() || block.stmts.is_empty() {
            return;
        }
        for value in values(&signature.output) {
            let start = block.brace_token.span.open().byte_range().end;
            let what = format!("{name} gives back {}", if value.is_empty() { "at once" } else { &value });
            self.add(block.span(), what, |id| {
                vec![opens(start, format!(" if crate::mutant::on({id}) {{ return {value}; }} "))]
            });
        }
    }
}

fn opens(at: usize, text: String) -> Edit {
    Edit { at: at..at, text, closes: false }
}

fn closes(at: usize, text: String) -> Edit {
    Edit { at: at..at, text, closes: true }
}

/// What a function may give back without having done anything.
fn values(output: &ReturnType) -> Vec<String> {
    let ReturnType::Type(_, output) = output else { return vec![String::new()] };
    let values: &[&str] = match &**output {
        Type::Reference(to) if last(&to.elem) == "str" && to.mutability.is_none() => &["\"\"", "\"xyzzy\""],
        Type::Path(_) => match last(output).as_str() {
            "bool" => &["true", "false"],
            "String" => &["String::new()", "\"xyzzy\".into()"],
            "usize" | "u64" | "u32" | "u16" | "u8" | "i64" | "i32" | "isize" => &["0", "1"],
            "f64" => &["0.0", "1.0"],
            "Option" => &["None"],
            "Vec" => &["Vec::new()"],
            "Result" if of(output).is_empty() || of(output) == "()" => &["Ok(())"],
            "Result" if of(output) == "bool" => &["Ok(true)", "Ok(false)"],
            "Result" if of(output) == "String" => &["Ok(String::new())"],
            _ => &[],
        },
        _ => &[],
    };
    values.iter().map(|value| (*value).to_owned()).collect()
}

/// The last name of a type's path.
fn last(of: &Type) -> String {
    match of {
        Type::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default(),
        _ => String::new(),
    }
}

/// What a type is of, first: `bool` of `Result<bool, Error>`; empty where it is of nothing.
fn of(whole: &Type) -> String {
    let Type::Path(path) = whole else { return String::new() };
    let Some(syn::PathArguments::AngleBracketed(of)) = path.path.segments.last().map(|last| &last.arguments) else {
        return String::new();
    };
    match of.args.first() {
        Some(syn::GenericArgument::Type(Type::Tuple(unit))) if unit.elems.is_empty() => "()".into(),
        Some(syn::GenericArgument::Type(of)) => {
            format!("{} ", last(of)).trim().to_owned() + if last(of).is_empty() { "?" } else { "" }
        }
        _ => "?".into(),
    }
}

fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.meta.require_list().is_ok_and(|list| list.tokens.to_string() == "test")
    })
}

fn has_let(expr: &Expr) -> bool {
    match expr {
        Expr::Let(_) => true,
        Expr::Binary(both) => has_let(&both.left) || has_let(&both.right),
        _ => false,
    }
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if !is_test(&module.attrs) {
            visit::visit_item_mod(self, module);
        }
    }

    // What is computed while the program is built has no switches.
    fn visit_item_const(&mut self, _: &'ast syn::ItemConst) {}
    fn visit_item_static(&mut self, _: &'ast syn::ItemStatic) {}
    fn visit_impl_item_const(&mut self, _: &'ast syn::ImplItemConst) {}
    fn visit_type(&mut self, _: &'ast Type) {}
    fn visit_pat(&mut self, _: &'ast syn::Pat) {}
    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}

    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        if is_test(&function.attrs) || function.sig.constness.is_some() {
            return;
        }
        self.function(&function.sig.ident.to_string(), &function.sig, &function.block);
        visit::visit_block(self, &function.block);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        if is_test(&function.attrs) || function.sig.constness.is_some() {
            return;
        }
        self.function(&function.sig.ident.to_string(), &function.sig, &function.block);
        visit::visit_block(self, &function.block);
    }

    fn visit_arm(&mut self, arm: &'ast syn::Arm) {
        if let Some((_, guard)) = arm.guard.as_ref().filter(|(_, guard)| !has_let(guard)) {
            self.wrap(guard, "the guard is true", |id| format!("(crate::mutant::on({id}) || ("), "))");
            self.wrap(guard, "the guard is false", |id| format!("(!crate::mutant::on({id}) && ("), "))");
        }
        visit::visit_arm(self, arm);
    }

    fn visit_expr_unary(&mut self, unary: &'ast syn::ExprUnary) {
        if matches!(unary.op, UnOp::Not(_)) {
            let range = unary.span().byte_range();
            self.add(unary.span(), "`!` is left out", |id| {
                vec![opens(range.start, format!("(crate::mutant::on({id}) ^ (")), closes(range.end, "))".into())]
            });
        }
        visit::visit_expr_unary(self, unary);
    }

    fn visit_expr_binary(&mut self, binary: &'ast syn::ExprBinary) {
        let whole = binary.span().byte_range();
        let op = binary.op.span();
        match binary.op {
            BinOp::Eq(_) | BinOp::Ne(_) => self.add(op, "the comparison is turned round", |id| {
                vec![opens(whole.start, format!("(crate::mutant::on({id}) ^ (")), closes(whole.end, "))".into())]
            }),
            BinOp::And(_) | BinOp::Or(_) => {
                let (what, on, join) = match binary.op {
                    BinOp::And(_) => ("the condition is true", "", "||"),
                    _ => ("the condition is false", "!", "&&"),
                };
                for side in [&binary.left, &binary.right] {
                    // The other conditions of a chain are found further inside.
                    let chained =
                        matches!(&**side, Expr::Binary(inner) if matches!(inner.op, BinOp::And(_) | BinOp::Or(_)));
                    if !has_let(side) && !chained {
                        self.wrap(side, what, |id| format!("({on}crate::mutant::on({id}) {join} ("), "))");
                    }
                }
            }
            BinOp::Lt(_) | BinOp::Ge(_) => self.ordered(binary, "less"),
            BinOp::Le(_) | BinOp::Gt(_) => self.ordered(binary, "at_most"),
            BinOp::Add(_) | BinOp::Sub(_) => {
                if let Expr::Lit(step) = &*binary.right
                    && matches!(&step.lit, Lit::Int(step) if step.base10_digits() != "0")
                {
                    let before = |id| format!("(if crate::mutant::on({id}) {{ 0 }} else {{ ");
                    self.wrap(&binary.right, "the step is 0", before, " })");
                }
            }
            _ => {}
        }
        visit::visit_expr_binary(self, binary);
    }
}

impl Finder<'_> {
    /// `<` becomes `<=` and `>=` becomes `>`; the other way round for `at_most`.
    fn ordered(&mut self, binary: &syn::ExprBinary, function: &str) {
        let whole = binary.span().byte_range();
        let op = binary.op.span().byte_range();
        let not = if matches!(binary.op, BinOp::Ge(_) | BinOp::Gt(_)) { "!" } else { "" };
        self.add(binary.op.span(), "the bound is moved by one", |id| {
            vec![
                opens(whole.start, format!("({not}crate::mutant::{function}({id}, &(")),
                Edit { at: op, text: "), &(".into(), closes: false },
                closes(whole.end, ")))".into()),
            ]
        });
    }
}
