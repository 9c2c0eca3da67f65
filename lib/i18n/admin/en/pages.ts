/** Error pages, and the page on which a widget is previewed. */
export const pages = {
  notFoundTitle: "Page not found",
  notFound: "The address may be wrong, or the page was deleted.",
  forbiddenTitle: "You do not have access",
  forbidden:
    "This page is for administrators. Ask one of them, or sign in with another account.",
  failedTitle: "Something went wrong",
  failed:
    "The service had an error. Try again. If it happens again, an administrator can find the details in the service's log.",
  refusedTitle: "This did not work",
  refused: "The service answered with {status}. Go back and try again.",
  toStart: "Go to the start page",
  toDesk: "Go to the desk",
  previewBar: "Preview of “{name}”, as visitors see it",
  previewToAdmin: "Go to the administration",
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
      "Eleven measurements and a short ride tell us what your frame needs.",
    partsTitle: "Parts that last",
    partsText: "Everything can be repaired with ordinary tools.",
    serviceTitle: "Service for life",
    serviceText: "Once a year your bicycle comes home, and leaves like new.",
  },
  contactTitle: "Talk to us",
  contactText:
    "Questions about a frame, an order or a repair? The people in the workshop are happy to answer.",
  footer: "A fictional company, to show the widget on a page.",
};
