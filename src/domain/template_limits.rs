//! What a template may not say, because the engine's fuel does not count it in time.
//!
//! Fuel is charged for every byte of text before it is made, but not for lists: `a + a` of two lists
//! is put together for nothing, `a * 99999999` is compared item by item for nothing, and a list that
//! holds another one twice doubles with every step. So
//! lists come from placeholders, from literals of plain words and figures, and from `range`, and no
//! expression builds a list out of lists. Prompts need no more, and everything else stays linear.

use minijinja::machinery::ast::{BinOpKind, CallArg, Expr, Stmt};
use minijinja::machinery::{Span, Token, parse, parse_expr, tokenize};
use minijinja::syntax::SyntaxConfig;

use super::template::TemplateError;

/// Filters and functions that build lists out of lists, or maps.
pub(super) const REMOVED_FILTERS: [&str; 9] =
    ["batch", "chain", "dictsort", "groupby", "items", "map", "slice", "zip", "attr"];

/// Functions that a template does without; `debug` would print every value of the plan.
pub(super) const REMOVED_FUNCTIONS: [&str; 3] = ["debug", "dict", "namespace"];

/// Most tokens between `{{` and `}}`, and most `elif` of a template. The engine's parser guards its
/// stack against brackets, not against a hundred thousand signs or filters in a row.
const MAX_TOKENS: usize = 300;

/// Looks through a whole template.
///
/// # Errors
/// Where it does not parse, or the first expression that builds a list out of lists.
pub(super) fn check(template: &str) -> Result<(), TemplateError> {
    lengths(template, false)?;
    let tree = parse(template, "", SyntaxConfig::default())?;
    statement(&tree)
}

/// Looks through an expression.
pub(super) fn check_expression(text: &str) -> Result<(), TemplateError> {
    lengths(text, true)?;
    expression(&parse_expr(text)?)
}

/// Refuses what would nest too deep to be parsed.
fn lengths(text: &str, is_expression: bool) -> Result<(), TemplateError> {
    let (mut tokens, mut branches) = (0, 0);
    for found in tokenize(text, is_expression, SyntaxConfig::default()) {
        // The parser says what is wrong, with its place.
        let Ok((token, span)) = found else { return Ok(()) };
        match token {
            Token::TemplateData(_) | Token::VariableStart | Token::BlockStart => tokens = 0,
            Token::Ident("elif") => branches += 1,
            _ => tokens += 1,
        }
        if tokens > MAX_TOKENS || branches > MAX_TOKENS {
            return refuse(span, "an expression of the template is too long");
        }
    }
    Ok(())
}

fn refuse(span: Span, message: &str) -> Result<(), TemplateError> {
    let range = span.start_offset as usize..span.end_offset as usize;
    Err(TemplateError { message: message.to_owned(), range: Some(range) })
}

fn statements(all: &[Stmt<'_>]) -> Result<(), TemplateError> {
    all.iter().try_for_each(statement)
}

fn statement(statement: &Stmt<'_>) -> Result<(), TemplateError> {
    match statement {
        Stmt::Template(all) => statements(&all.children),
        Stmt::EmitRaw(_) => Ok(()),
        Stmt::EmitExpr(emit) => expression(&emit.expr),
        Stmt::IfCond(branch) => {
            expression(&branch.expr)?;
            statements(&branch.true_body)?;
            statements(&branch.false_body)
        }
        Stmt::ForLoop(each) => {
            expression(&each.iter)?;
            each.filter_expr.iter().try_for_each(expression)?;
            statements(&each.body)?;
            statements(&each.else_body)
        }
        Stmt::Set(set) => expression(&set.expr),
        Stmt::SetBlock(set) => {
            set.filter.iter().try_for_each(expression)?;
            statements(&set.body)
        }
        Stmt::WithBlock(with) => {
            with.assignments.iter().try_for_each(|(_, value)| expression(value))?;
            statements(&with.body)
        }
        Stmt::FilterBlock(block) => {
            expression(&block.filter)?;
            statements(&block.body)
        }
        Stmt::AutoEscape(block) => refuse(block.span(), "`autoescape` is for web pages"),
        Stmt::Do(call) => refuse(call.span(), "`do` has nothing to do in a prompt"),
    }
}

fn expression(found: &Expr<'_>) -> Result<(), TemplateError> {
    match found {
        Expr::Var(_) | Expr::Const(_) => Ok(()),
        Expr::UnaryOp(operation) => expression(&operation.expr),
        Expr::BinOp(operation) => {
            let (left, right) = (is_scalar(&operation.left), is_scalar(&operation.right));
            match operation.op {
                BinOpKind::Add if !left && !right => {
                    return refuse(operation.span(), "`+` may join lists here: write a|float + b, or a ~ b for text");
                }
                BinOpKind::Mul if !left || !right => {
                    return refuse(operation.span(), "`*` may repeat a list here: write a|float * 2");
                }
                _ => {}
            }
            expression(&operation.left)?;
            expression(&operation.right)
        }
        Expr::Compare(chain) => {
            expression(&chain.expr)?;
            chain.ops.iter().try_for_each(|operand| expression(&operand.expr))
        }
        Expr::IfExpr(choice) => {
            expression(&choice.test_expr)?;
            expression(&choice.true_expr)?;
            choice.false_expr.iter().try_for_each(expression)
        }
        Expr::Filter(filter) => {
            filter.expr.iter().try_for_each(expression)?;
            arguments(&filter.args)
        }
        Expr::Test(test) => {
            expression(&test.expr)?;
            arguments(&test.args)
        }
        Expr::Slice(slice) => {
            expression(&slice.expr)?;
            [&slice.start, &slice.stop, &slice.step].into_iter().flatten().try_for_each(expression)
        }
        Expr::GetAttr(attribute) => expression(&attribute.expr),
        Expr::GetItem(item) => {
            expression(&item.expr)?;
            expression(&item.subscript_expr)
        }
        Expr::Call(call) if is_known_function(&call.expr) => arguments(&call.args),
        Expr::Call(call) => refuse(call.span(), "only range() and the functions of `loop` can be called"),
        Expr::List(list) if list.as_const().is_some() => Ok(()),
        Expr::List(list) => refuse(list.span(), "a list in a template holds words and figures only, no names"),
        Expr::Tuple(tuple) => refuse(tuple.span(), "write a list in square brackets"),
        Expr::Map(map) => refuse(map.span(), "a template has no maps"),
    }
}

fn arguments(all: &[CallArg<'_>]) -> Result<(), TemplateError> {
    all.iter().try_for_each(|argument| match argument {
        CallArg::Pos(value) | CallArg::Kwarg(_, value) | CallArg::PosSplat(value) | CallArg::KwargSplat(value) => {
            expression(value)
        }
    })
}

/// Whether an expression can only be a figure or a text, never a list.
fn is_scalar(found: &Expr<'_>) -> bool {
    match found {
        Expr::Const(_) | Expr::UnaryOp(_) | Expr::Compare(_) | Expr::Test(_) => true,
        Expr::BinOp(operation) => match operation.op {
            BinOpKind::Sub
            | BinOpKind::Div
            | BinOpKind::FloorDiv
            | BinOpKind::Rem
            | BinOpKind::Pow
            | BinOpKind::Concat
            | BinOpKind::In
            | BinOpKind::Eq
            | BinOpKind::Ne
            | BinOpKind::Lt
            | BinOpKind::Lte
            | BinOpKind::Gt
            | BinOpKind::Gte => true,
            BinOpKind::Add => is_scalar(&operation.left) || is_scalar(&operation.right),
            BinOpKind::Mul | BinOpKind::ScAnd | BinOpKind::ScOr => {
                is_scalar(&operation.left) && is_scalar(&operation.right)
            }
        },
        Expr::Filter(filter) => matches!(
            filter.name,
            "float" | "int" | "abs" | "round" | "length" | "count" | "string" | "join" | "upper" | "lower" | "trim"
        ),
        Expr::GetAttr(attribute) => {
            matches!(&attribute.expr, Expr::Var(name) if name.id == "loop") && attribute.name.starts_with("index")
        }
        Expr::Var(_)
        | Expr::Slice(_)
        | Expr::IfExpr(_)
        | Expr::GetItem(_)
        | Expr::Call(_)
        | Expr::List(_)
        | Expr::Tuple(_)
        | Expr::Map(_) => false,
    }
}

fn is_known_function(called: &Expr<'_>) -> bool {
    match called {
        Expr::Var(name) => name.id == "range",
        Expr::GetAttr(attribute) => matches!(&attribute.expr, Expr::Var(name) if name.id == "loop"),
        _ => false,
    }
}
