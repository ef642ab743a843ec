//! The face for agents: a server of the Model Context Protocol over standard input and output.
//!
//! An agent reads its turn, records evidence, notes and readings, ticks items and asks for a gate.
//! It cannot approve one: there is no tool for it, as there is no way through a pipe.

mod arguments;
mod error;
mod lines;
mod prompts;
mod resources;
mod server;
mod target;
mod tools;

use jiff::Zoned;
use rmcp::ServiceExt;
use rmcp::transport::stdio;

use crate::store::Store;

use lines::Lines;
use server::Server;

/// Where the time comes from.
pub type Clock = fn() -> Zoned;

/// Serves one client over standard input and output, until it hangs up. `plan` is the plan that is
/// meant where a request names none; nothing for the one most recently worked on.
///
/// # Errors
/// Where the runtime cannot be built, the client does not speak the protocol, or the connection breaks.
pub fn serve(store: Store, plan: Option<String>, clock: Clock) -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    let served = runtime.block_on(async {
        let running =
            Server::new(store, plan, clock).serve(Lines::new(stdio())).await.map_err(std::io::Error::other)?;
        running.waiting().await.map_err(std::io::Error::other).map(drop)
    });
    // A read of standard input cannot be cancelled: what still waits there ends with the process.
    runtime.shutdown_background();
    served
}
