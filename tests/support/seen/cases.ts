/** The element to see, in the simplest case. */
export const PIECE =
  "<button id=x style='width:90px;height:30px'>Send</button>";
const AT = "position:absolute;left:20px;top:20px";

/** Page in a window of 400 x 300 px, and why `#x` cannot be seen on it. */
export const UNSEEN: [name: string, html: string, reason: string][] = [
  [
    "display: none, of an ancestor",
    `<div hidden class=box>${PIECE}</div>`,
    "not rendered: <div.box> is hidden",
  ],
  [
    "visibility: hidden",
    `<div style="visibility:hidden">${PIECE}</div>`,
    "invisible",
  ],
  [
    "content-visibility: hidden",
    `<div style="content-visibility:hidden">${PIECE}</div>`,
    "not rendered: skipped",
  ],
  [
    "a closed <details>",
    `<details><summary>More</summary>${PIECE}</details>`,
    "not rendered: skipped",
  ],
  [
    "no slot in the shadow root",
    `<div id=host>${PIECE}<template shadowrootmode=open><p>Other</p></template></div>`,
    "not rendered: <div#host> has no slot for <button#x>",
  ],
  [
    "a box for screen readers",
    "<p id=x style='width:1px;height:1px;overflow:hidden'>Text</p>",
    "has no size: 1 x 1 px",
  ],
  [
    "display: contents",
    "<p id=x style='display:contents'>Text</p>",
    "has no box: display: contents",
  ],
  [
    "opacity, of two ancestors together",
    `<div style="opacity:.6"><div class=in style="opacity:.6">${PIECE}</div></div>`,
    "transparent: opacity 0.36 at <div>",
  ],
  [
    "filter: opacity()",
    `<div style="filter:opacity(0.1)">${PIECE}</div>`,
    "transparent: opacity 0.10 at <div>",
  ],
  [
    "a radio button whose label is hidden",
    "<label style='opacity:0'>Online <input id=x type=radio style='opacity:0'></label>",
    "transparent: opacity 0.00 at <label>",
  ],
  [
    "transparent text",
    "<p id=x style='color:transparent'>Text</p>",
    "its text is transparent: rgba(0, 0, 0, 0)",
  ],
  [
    "text without a height",
    "<p id=x style='height:9px;font-size:0'>Text</p>",
    "its text is 0px high",
  ],
  [
    "below the viewport",
    `<div style="position:absolute;top:570px">${PIECE}</div>`,
    "below the viewport by 300 px",
  ],
  [
    "partly above the viewport",
    `<div style="position:fixed;top:-12px">${PIECE}</div>`,
    "above the viewport by 12 px",
  ],
  [
    "left of the viewport",
    `<div style="position:fixed;left:-50px">${PIECE}</div>`,
    "left of the viewport by 50 px",
  ],
  [
    "right of the viewport",
    `<div style="position:fixed;left:330px">${PIECE}</div>`,
    "right of the viewport by 20 px",
  ],
  [
    "overflow: hidden",
    `<div class=lines style="height:20px;overflow:hidden"><div style="height:16px"></div>${PIECE}</div>`,
    "clipped by <div.lines>: below it by 26 px",
  ],
  [
    "a scroller that has not been scrolled",
    `<div class=lines style="height:20px;overflow-y:auto"><div style="height:216px"></div>${PIECE}</div>`,
    "clipped by <div.lines>: below it by 226 px",
  ],
  [
    "an ancestor outside of the shadow root",
    `<div class=panel style="height:10px;overflow:clip"><div><template shadowrootmode=open><slot></slot></template>${PIECE}</div></div>`,
    "clipped by <div.panel>: below it by 20 px",
  ],
  [
    "a clip of the shadow root around its slot",
    `<div><template shadowrootmode=open><section style="height:10px;overflow:hidden"><slot></slot></section></template>${PIECE}</div>`,
    "clipped by <section>: below it by 20 px",
  ],
  [
    "contain: paint",
    `<div class=box style="height:10px;contain:paint">${PIECE}</div>`,
    "clipped by <div.box>: below it by 20 px",
  ],
  [
    "clip-path",
    `<div class=box style="clip-path:inset(50%)">${PIECE}</div>`,
    "clipped by <div.box>: clip-path",
  ],
  [
    "clip: rect()",
    `<div class=box style="${AT};clip:rect(0,0,0,0)">${PIECE}</div>`,
    "clipped by <div.box>: clip-path",
  ],
  [
    "another element on it",
    `${PIECE}<div class=dialog style="position:fixed;inset:0;background:red"></div>`,
    "covered by <div.dialog>",
  ],
  [
    "an element on its half",
    `<div style="${AT}">${PIECE}</div><div class=note style="${AT};width:50px;height:50px;background:red"></div>`,
    "covered by <div.note>",
  ],
  [
    "an element that presses go through",
    `${PIECE}<div class=veil style="position:fixed;inset:0;background:red;pointer-events:none"></div>`,
    "covered by <div.veil>",
  ],
  [
    "a modal dialog",
    `${PIECE}<dialog id=modal style="position:fixed;margin:0;inset:0;width:390px;height:290px"></dialog><script>modal.showModal()</script>`,
    "covered by <dialog#modal>",
  ],
  [
    "an element of a shadow root",
    `${PIECE}<div id=host><template shadowrootmode=open><div class=sheet style="position:fixed;inset:0;background:red"></div></template></div>`,
    "covered by <div.sheet>",
  ],
  [
    "the background of its own ancestor",
    `<div class=box style="background:red;height:90px"><div style="position:relative;z-index:-1">${PIECE}</div></div>`,
    "behind <div.box>",
  ],
  [
    "a frame below the viewport",
    `<div style="height:400px"></div><iframe style="border:0" srcdoc="<body style=margin:0>${PIECE}"></iframe>`,
    "its frame is below the viewport by 130 px",
  ],
];

/** Page, on which `#x` is seen. */
export const SEEN: [name: string, html: string][] = [
  ["a plain button", PIECE],
  [
    "text under the clear ::before of its button",
    "<style>button::before { content: ''; position: absolute; inset: 0 }</style>" +
    "<button style='position:relative'>Open <b id=x>2 agents</b></button>",
  ],
  [
    "inline text that wraps",
    "<p style='width:60px'>A <b id=x>b c d e f g h i j k</b></p>",
  ],
  [
    "a circle",
    "<button id=x style='width:90px;height:90px;border-radius:50%'></button>",
  ],
  [
    "a badge at a corner",
    `<div style="${AT}">${PIECE}</div><i style="position:absolute;left:100px;top:15px;width:20px;height:20px;background:red"></i>`,
  ],
  [
    "a layer that draws nothing and lets presses through",
    `${PIECE}<div style="position:fixed;inset:0;pointer-events:none"></div>`,
  ],
  [
    "text that lets presses through",
    "<p id=x style='pointer-events:none'>Text</p>",
  ],
  [
    "a radio button that its label draws",
    "<label>Online <input id=x type=radio style='opacity:0'></label>",
  ],
  [
    "a placed box, whose clipping ancestor does not hold it",
    `<div style="height:1px;overflow:hidden"><div style="position:absolute">${PIECE}</div></div>`,
  ],
  [
    "a popover, which no ancestor clips",
    `<div style="height:1px;overflow:hidden;contain:paint"><div popover id=x>Text</div></div><script>x.showPopover()</script>`,
  ],
  [
    "a list longer than what it scrolls in",
    "<div style='height:90px;overflow:auto'><div id=x style='height:900px'></div></div>",
  ],
  ["a page longer than the viewport", "<div id=x style='height:2000px'></div>"],
  [
    "a host, seen by its shadow root",
    "<div id=x><template shadowrootmode=open>Text</template></div>",
  ],
];
