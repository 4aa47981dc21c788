// The page's end of the stream: through the worker that all tabs share, or by itself where the browser has none.

import { follow } from "./follow.js";

const script = "shared.js";
const policy = window.trustedTypes?.createPolicy("haredge", { createScriptURL: () => script });

export function connect(onNews, onLink) {
  if (!("SharedWorker" in window)) {
    follow(onNews, onLink);
    return false;
  }

  const worker = new SharedWorker(policy?.createScriptURL(script) ?? script, { type: "module" });
  worker.port.onmessage = ({ data }) => (data.news ? onNews(data.news) : onLink(data.isConnected));
  worker.onerror = () => follow(onNews, onLink);
  addEventListener("pagehide", () => worker.port.postMessage("gone"));
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  return true;
}
