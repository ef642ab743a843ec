//! The server: requests in, answers out. Everything it knows it asks the store for, each time anew.

use std::future::{Future, ready};

use jiff::Zoned;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, GetPromptRequestParams, GetPromptResponse,
    Implementation, ListPromptsResult, ListResourceTemplatesResult, ListResourcesResult, ListToolsResult,
    PaginatedRequestParams, ReadResourceRequestParams, ReadResourceResponse, ServerCapabilities, ServerConfig,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer, ServerHandler};

use crate::domain::plan::Plan;
use crate::store::Store;

use super::error::Failure;
use super::{Clock, prompts, resources, target, tools};

const INSTRUCTIONS: &str = "\
Setlist holds a plan of turns that a person and you work through. Read `current_turn`, do what its prompt says, record \
the evidence it wants with `record_evidence` as you produce it (commands with their exit code and the end of their \
output), then `finish_turn`. Where the turn has a gate, call `ask_for_gate` and stop: only a person approves, and \
nothing else starts before. Put wishes that come up on the way into `queue_follow_up` instead of doing them.";

/// What answers a client.
pub(super) struct Server {
    pub(super) store: Store,
    own: Option<String>,
    clock: Clock,
}

impl Server {
    pub(super) fn new(store: Store, own: Option<String>, clock: Clock) -> Self {
        Self { store, own, clock }
    }

    pub(super) fn now(&self) -> Zoned {
        (self.clock)()
    }

    /// The plan that a request means.
    pub(super) fn plan(&self, named: Option<&str>) -> Result<Plan, Failure> {
        target::plan(&self.store, named, self.own.as_deref())
    }

    fn call(&self, client: &str, request: CallToolRequestParams) -> Result<CallToolResponse, ErrorData> {
        let given = request.arguments.unwrap_or_default();
        let Some(answer) = tools::call(self, client, &request.name, given) else {
            return Err(ErrorData::invalid_params(format!("there is no tool `{}`", request.name), None));
        };
        let result = match answer {
            Ok(value) => {
                let mut result = CallToolResult::success(vec![ContentBlock::text(crate::export::json::text(&value))]);
                result.structured_content = Some(value);
                result
            }
            Err(failure) => failure.answer(),
        };
        Ok(result.into())
    }
}

impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder().enable_tools().enable_resources().enable_prompts().build();
        ServerConfig::new(capabilities)
            .with_server_info(Implementation::new("setlist", env!("CARGO_PKG_VERSION")))
            .with_instructions(INSTRUCTIONS)
    }

    fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> impl Future<Output = Result<ListToolsResult, ErrorData>> + Send + '_ {
        ready(Ok(ListToolsResult::with_all_items(tools::all())))
    }

    fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> impl Future<Output = Result<CallToolResponse, ErrorData>> + Send + '_ {
        ready(self.call(&client(&context), request))
    }

    fn list_resources(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> impl Future<Output = Result<ListResourcesResult, ErrorData>> + Send + '_ {
        ready(Ok(ListResourcesResult::with_all_items(resources::all(self))))
    }

    fn list_resource_templates(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> impl Future<Output = Result<ListResourceTemplatesResult, ErrorData>> + Send + '_ {
        ready(Ok(ListResourceTemplatesResult::with_all_items(resources::templates())))
    }

    fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _: RequestContext<RoleServer>,
    ) -> impl Future<Output = Result<ReadResourceResponse, ErrorData>> + Send + '_ {
        ready(resources::read(self, &request.uri).map(Into::into).map_err(Failure::protocol))
    }

    fn list_prompts(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> impl Future<Output = Result<ListPromptsResult, ErrorData>> + Send + '_ {
        ready(Ok(ListPromptsResult::with_all_items(prompts::all(self))))
    }

    fn get_prompt(
        &self,
        request: GetPromptRequestParams,
        _: RequestContext<RoleServer>,
    ) -> impl Future<Output = Result<GetPromptResponse, ErrorData>> + Send + '_ {
        ready(prompts::get(self, &request.name).map(Into::into).map_err(Failure::protocol))
    }
}

/// What the client calls itself, for ticks and requests.
fn client(context: &RequestContext<RoleServer>) -> String {
    context.peer.peer_info().map_or_else(|| "agent".into(), |info| info.client_info.name.clone())
}
