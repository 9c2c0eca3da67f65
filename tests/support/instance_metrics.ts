/** Metrics that only one of several instances has, and no single process. */
export const INSTANCE_METRICS = [
  "contact_widgets_cluster_members",
  "contact_widgets_cluster_bus_connected",
  "contact_widgets_cluster_bus_latency_seconds",
  "contact_widgets_cluster_pipes",
  "contact_widgets_cluster_relayed_sockets",
  "contact_widgets_cluster_workspaces",
];
