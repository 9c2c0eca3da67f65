export const newWidget = {
  sidebar: "Seitenleiste {number}",
  cardset: "Kartenset {number}",
};
