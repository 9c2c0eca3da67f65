/** Error pages, and the page on which a widget is previewed. */
export const pages = {
  notFoundTitle: "There is nothing here",
  notFound: "The address may be mistyped, or what was here was deleted.",
  forbiddenTitle: "Your account may not see this",
  forbidden:
    "This page is for administrators. Ask one of them, or sign in with another account.",
  failedTitle: "Something went wrong",
  failed:
    "The service had a fault. Try again; if it stays, an administrator finds more in the service's log.",
  refusedTitle: "This did not work",
  refused: "The service answered with {status}. Go back and try again.",
  toStart: "To the start page",
  toDesk: "To the desk",
  previewBar: "Preview of “{name}”, as visitors see it",
  previewToAdmin: "To the administration",
  company: "Lindgrund Bicycles",
  navigation: {
    shop: "Bicycles",
    workshop: "Workshop",
    about: "About us",
    contact: "Contact",
  },
  heroTitle: "Built once. Ridden for decades.",
  heroText:
    "Steel frames, made to measure in our workshop by the river. You tell us where you ride, we build the bicycle for it.",
  heroAction: "Arrange a fitting",
  features: {
    frameTitle: "Your measurements",
    frameText:
      "Eleven numbers and a short ride tell us what the frame must be like.",
    partsTitle: "Parts that last",
    partsText: "Nothing in it that cannot be repaired with ordinary tools.",
    serviceTitle: "Service for life",
    serviceText: "Once a year your bicycle comes home, and leaves like new.",
  },
  contactTitle: "Talk to us",
  contactText:
    "Questions about a frame, an order or a repair? Whoever is in the workshop right now is glad to answer.",
  footer: "A fictional company, to show the widget on a page.",
};
