/** The list of widgets, and the actions on a whole widget. */
export const widgets = {
  title: "Widgets",
  lead: "What visitors of your websites see, and whom they can contact there.",
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
  renameDone: "Rename",
  code: "Code",
  discard: "Discard",
  discardTitle: "Discard your changes?",
  discardText:
    "“{name}” goes back to the last saved version. Your changes since then are lost.",
  deleteLabel: "Delete {name}",
  deleteTitle: "Delete “{name}”?",
  deleteText:
    "It disappears immediately from every website that shows it. The code there does no harm but shows nothing from then on. Settings and agents of this widget cannot be restored.",
  deleteConfirm: "Delete widget",
  deletedToast: "“{name}” was deleted.",
  savedToast: "“{name}” was saved. Open pages show it now.",
  emptyTitle: "Add your first widget",
  emptyText:
    "A widget shows visitors of a website who is available right now, and lets them chat or call from the page.",
  sidebarText:
    "Sits at the edge of the page, takes little space and opens on demand. For every page of a website.",
  cardsetText:
    "Business cards as part of the page, in the order you choose. For a contact or team page.",
  leaveTitle: "Leave without saving?",
  leaveText: {
    one: "One widget has unsaved changes. They are lost if you leave.",
    other: "{count} widgets have unsaved changes. They are lost if you leave.",
  },
  leave: "Leave",
  stay: "Stay",
  notSaved: "Not saved.",
};
