/** Two admins saved the same widget at the same time. */
export const conflict = {
  title: "Someone else has saved “{name}”",
  lead:
    "It was saved on {time}, after you had opened it. Nothing is lost yet. Choose which version to keep.",
  leadBy:
    "{author} saved it on {time}, after you had opened it. Nothing is lost yet. Choose which version to keep.",
  leadPerson:
    "Someone else saved this account after you had opened it. Nothing is lost yet. Choose which version to keep.",
  differences: "Differences",
  same:
    "Both versions are the same. You can use theirs without losing anything.",
  what: "Field",
  mine: "Yours",
  theirs: "Theirs",
  empty: "empty",
  agentOnlyMine: "{name}: only in yours",
  agentOnlyTheirs: "{name}: only in theirs",
  agentDiffers: "{name}: in both, with different details",
  hours: "Opening hours: with different details",
  order: "Order of the agents",
  takeTheirs: "Use theirs",
  takeTheirsHint: "Your changes are lost.",
  keepMine: "Overwrite with mine",
  keepMineHint: "Their changes are lost, on the websites too.",
  later: "Decide later",
};
