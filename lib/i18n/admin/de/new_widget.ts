export const newWidget = {
  sidebar: "Sidebar {number}",
  cardset: "Visitenkarten {number}",
};
