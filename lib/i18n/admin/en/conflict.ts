/** Two admins saved the same widget at the same time. */
export const conflict = {
  title: "Somebody else has saved “{name}”",
  lead:
    "It was saved on {time}, after you had opened it. Nothing of either is lost yet: choose which version to keep.",
  leadBy:
    "{author} saved it on {time}, after you had opened it. Nothing of either is lost yet: choose which version to keep.",
  leadPerson:
    "This account was saved by somebody else after you had opened it. Nothing of either is lost yet: choose which version to keep.",
  differences: "What differs",
  same: "Both say the same. You can take theirs without losing anything.",
  what: "What",
  mine: "Yours",
  theirs: "Theirs",
  empty: "empty",
  agentOnlyMine: "{name}: only in yours",
  agentOnlyTheirs: "{name}: only in theirs",
  agentDiffers: "{name}: both have this agent, with different details",
  order: "The order of the agents",
  takeTheirs: "Take theirs",
  takeTheirsHint: "Your changes are lost.",
  keepMine: "Overwrite with mine",
  keepMineHint: "Their changes are lost, on the websites too.",
  later: "Decide later",
};
