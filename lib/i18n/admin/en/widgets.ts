/** The list of widgets, and the actions on a whole widget. */
export const widgets = {
  title: "Widgets",
  lead: "What visitors of your websites see, and whom they can reach there.",
  addSidebar: "Add new sidebar widget",
  addCardset: "Add new cardset widget",
  sidebar: "Sidebar",
  cardset: "Cardset",
  agents: { one: "{count} agent", other: "{count} agents" },
  noAgents: "no agents yet",
  loading: "Loading …",
  unsaved: "Unsaved",
  saved: "Saved",
  saving: "Saving …",
  problems: { one: "{count} problem", other: "{count} problems" },
  rename: "Rename {name}",
  renameLabel: "Name of the widget",
  renameDone: "Use this name",
  code: "Code",
  discard: "Discard",
  discardTitle: "Discard your changes?",
  discardText:
    "“{name}” goes back to what was saved last. What you have changed since is lost.",
  deleteLabel: "Delete {name}",
  deleteTitle: "Delete “{name}”?",
  deleteText:
    "It disappears at once from every website that shows it. The code there does no harm, but shows nothing from then on. Settings and agents of this widget cannot be brought back.",
  deleteConfirm: "Delete widget",
  deletedToast: "“{name}” is deleted.",
  savedToast: "“{name}” is saved. Open pages show it now.",
  emptyTitle: "Add your first widget",
  emptyText:
    "A widget shows visitors of a website who can be reached right now, and lets them chat or call from the page.",
  sidebarText:
    "Waits at the edge of the page, takes little space and opens on demand. For every page of a website.",
  cardsetText:
    "Business cards as part of the page, in the order you choose. For a contact or team page.",
  leaveTitle: "Leave without saving?",
  leaveText: {
    one:
      "One widget has changes that are not saved. They are lost if you leave.",
    other:
      "{count} widgets have changes that are not saved. They are lost if you leave.",
  },
  leave: "Leave",
  stay: "Stay",
  notSaved: "Not saved.",
};
