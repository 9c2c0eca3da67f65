/** Returns a response that the browser saves as a file. */
export function download(text: string, name: string, type: string): Response {
  return new Response(text, {
    headers: {
      "content-type": type,
      "content-disposition": `attachment; filename="${name}"`,
    },
  });
}
