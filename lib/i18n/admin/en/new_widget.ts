/** Names of new widgets; `{number}` tells them apart. */
export const newWidget = {
  sidebar: "Sidebar {number}",
  cardset: "Cardset {number}",
};
