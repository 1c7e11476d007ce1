//! Ports of this machine that wait for the links of flows.

use supabase_session::{Client, FlowId, PendingFlow};

use super::connection::Connection;
use crate::callback::loopback::Loopback;

impl Connection {
    /// Opens the ports again whose flows were begun before the app was restarted.
    pub async fn reopen_ports(&self) {
        // The flows of somebody who is not signed in now count too: they may sign in again.
        let pending = self.client().watch_pending().borrow().clone();
        for flow in pending {
            let Some(address) = flow.redirect_to.filter(Loopback::is_address) else { continue };
            match Loopback::reopen(&address).await {
                Ok(port) => self.serve(port, flow.id),
                // Without the port, the mail's code still works, and so does its link when it is pasted.
                Err(error) => tracing::warn!(kind = %error.kind(), "a loopback port cannot be opened again"),
            }
        }
    }

    /// Lets a port answer until its flow is over.
    pub(crate) fn serve(&self, port: Loopback, flow: FlowId) {
        let over = is_over(self.client(), flow);
        let context = self.context();
        let (pages, queue) = (context.pages.clone(), context.queue.clone());
        self.keep(tauri::async_runtime::spawn(port.serve(pages, queue, context.implicit, over)));
    }
}

/// Ends when the flow is used, cancelled or too old.
fn is_over(client: &Client, flow: FlowId) -> impl Future<Output = ()> + use<> {
    let mut pending = client.watch_pending();
    async move {
        let is_gone = |flows: &Vec<PendingFlow>| flows.iter().all(|other| other.id != flow);
        // An error means that the client is gone, and the flow with it.
        drop(pending.wait_for(is_gone).await);
    }
}
