/** The code for the website. */
export const code = {
  title: "Code of “{name}”",
  lead:
    "Paste these lines into the page where you want the widget to appear. A sidebar can go anywhere, preferably at the end.",
  copy: "Copy",
  copied: "Copied",
  copyFailed:
    "The browser did not allow it: the lines are selected, copy them with Ctrl+C or ⌘C.",
  download: "Download test page",
  downloadHint:
    "A small HTML file that shows and tests this widget when you open it in a browser.",
  downloadSites:
    "This widget is only for the websites you have listed. A file from the disk is none of them, so the test page stays empty.",
  unsaved:
    "There are changes that are not saved. The website and the test page show what was saved last.",
  cspTitle: "If the website has a Content-Security-Policy",
  cspLead: "It must allow this, and nothing else for the widget:",
  copyCsp: "Copy the policy",
  pinnedTitle: "If the website may load this version of the script only",
  pinnedLead:
    "The script then carries its hash, and browsers refuse any other. After an update of this service the old lines work for 90 days: paste the new ones by then.",
  pinnedLabel: "Code for one version of the script",
  copyPinned: "Copy the code with hash",
  pageHeading: "Test page",
  pageText:
    "This page shows the widget “{name}”, live. Change it in the administration and save: it changes here.",
  previewLink: "Open the preview page",
  codeLabel: "Code for the website",
  cspLabel: "Lines for the Content-Security-Policy",
};
