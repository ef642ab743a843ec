//! The resources: strategies and plans to read.

use rmcp::model::{ReadResourceResult, Resource, ResourceContents, ResourceTemplate};
use serde_json::Value;

use crate::domain::library::Entry;
use crate::domain::strategy::Strategy;
use crate::export::{json as shapes, markdown};

use super::error::Failure;
use super::server::Server;

const STRATEGY: &str = "setlist://strategies/";
const PLAN: &str = "setlist://plans/";
const REPORT: &str = "/report";
const JSON: &str = "application/json";
const MARKDOWN: &str = "text/markdown";

/// Most plans that are listed, the last worked on first: each is a line in a client's menu.
const MAX_PLANS: usize = 100;

/// Strategies, and plans with their reports.
pub(super) fn all(server: &Server) -> Vec<Resource> {
    let library = server.store.library();
    let strategies = library.entries.iter().filter_map(|entry| usable(entry)).map(|strategy| {
        Resource::new(format!("{STRATEGY}{}", strategy.id), strategy.id.clone())
            .with_title(strategy.title.clone())
            .with_description(strategy.summary.clone())
            .with_mime_type(JSON)
    });
    let listing = server.store.list();
    let plans = listing.plans.iter().filter(|plan| !plan.archived).take(MAX_PLANS).flat_map(|plan| {
        let uri = format!("{PLAN}{}", plan.id);
        let about = format!("{}, {}", plan.strategy_title, plan.state);
        [
            Resource::new(uri.clone(), plan.id.clone())
                .with_title(plan.name.clone())
                .with_description(about.clone())
                .with_mime_type(JSON),
            Resource::new(format!("{uri}{REPORT}"), format!("{}-report", plan.id))
                .with_title(format!("Report of {}", plan.name))
                .with_description(about)
                .with_mime_type(MARKDOWN),
        ]
    });
    plans.chain(strategies).collect()
}

/// The forms of the addresses.
pub(super) fn templates() -> Vec<ResourceTemplate> {
    let template = |uri: String, name: &str, about: &str, kind: &str| {
        ResourceTemplate::new(uri, name).with_description(about).with_mime_type(kind)
    };
    vec![
        template(format!("{STRATEGY}{{id}}"), "strategy", "A strategy with its sessions and turns", JSON),
        template(format!("{PLAN}{{id}}"), "plan", "A plan with all that was recorded", JSON),
        template(format!("{PLAN}{{id}}{REPORT}"), "report", "The report of a plan", MARKDOWN),
    ]
}

/// What stands at an address.
pub(super) fn read(server: &Server, uri: &str) -> Result<ReadResourceResult, Failure> {
    let (text, kind) = contents(server, uri)?;
    Ok(ReadResourceResult::new(vec![ResourceContents::text(text, uri).with_mime_type(kind)]))
}

fn contents(server: &Server, uri: &str) -> Result<(String, &'static str), Failure> {
    let nothing =
        || Failure::not_found(format!("there is no resource {uri}"), "list the resources, or look at the templates");
    if let Some(id) = uri.strip_prefix(STRATEGY) {
        let library = server.store.library();
        let entry = library.entries.iter().find(|entry| entry.id == id).ok_or_else(nothing)?;
        let strategy = usable(entry).ok_or_else(|| {
            Failure::invalid(format!("the strategy `{id}` has errors"), "`setlist strategy lint` lists them")
        })?;
        return Ok((text(&shapes::value(&shapes::strategy(strategy, entry))?), JSON));
    }
    let rest = uri.strip_prefix(PLAN).ok_or_else(nothing)?;
    let (id, report) = rest.strip_suffix(REPORT).map_or((rest, false), |id| (id, true));
    let plan = server.store.load(id)?.plan;
    let now = server.now();
    if report {
        return Ok((markdown::report(&plan, &now, &server.store.settings().settings.review.claims), MARKDOWN));
    }
    Ok((text(&shapes::value(&shapes::plan(&plan, now.timestamp()))?), JSON))
}

fn usable(entry: &Entry) -> Option<&Strategy> {
    entry.strategy.as_deref()
}

fn text(value: &Value) -> String {
    shapes::text(value)
}
