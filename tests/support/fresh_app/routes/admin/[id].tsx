import { define } from "../../define.ts";

export default define.page(({ params, url, redirect }) => {
  if (url.searchParams.has("leave")) return redirect("/");
  return <p>Widget {params["id"]}</p>;
});
