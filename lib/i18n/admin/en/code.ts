/** The code for the website. */
export const code = {
  title: "Code of “{name}”",
  lead:
    "Paste these lines where you want the widget to appear. A sidebar can go anywhere, preferably at the end of the page.",
  copy: "Copy",
  copied: "Copied",
  copyFailed:
    "The browser blocked copying. The lines are selected, so copy them with Ctrl+C or ⌘C.",
  download: "Download test page",
  downloadHint:
    "A small HTML file that shows and tests this widget when you open it in a browser.",
  downloadSites:
    "This widget is only for the websites you have listed. A local file is not one of them, so the test page stays empty.",
  unsaved:
    "There are unsaved changes. The website and the test page show the last saved version.",
  cspTitle: "If the website has a Content-Security-Policy",
  cspLead: "The widget needs only these permissions:",
  copyCsp: "Copy the policy",
  pinnedTitle: "If the website should load only this version of the script",
  pinnedLead:
    "The code then contains the script's hash, and browsers reject any other script. After an update of this service the old code works for 90 days. Replace it by then.",
  pinnedLabel: "Code for one version of the script",
  copyPinned: "Copy the code with hash",
  pageHeading: "Test page",
  pageText:
    "This page shows the widget “{name}” live. If you change and save it in the administration, it changes here.",
  previewLink: "Open the preview page",
  codeLabel: "Code for the website",
  cspLabel: "Lines for the Content-Security-Policy",
};
