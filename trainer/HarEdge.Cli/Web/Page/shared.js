// Runs once for all tabs of the page: browsers open six connections to a host at most, so that the tabs share this one.

import { apply, emptySession, everything, follow } from "./follow.js";

const ports = new Set();
const session = emptySession();
let isConnected = null;
let hasNews = false;

const tell = (what) => ports.forEach((port) => port.postMessage(what));

self.onconnect = ({ ports: [port] }) => {
  ports.add(port);
  port.onmessage = () => ports.delete(port);
  if (isConnected !== null) {
    port.postMessage({ isConnected });
  }

  if (hasNews) {
    port.postMessage({ news: everything(session) });
  }
};

follow((news) => {
  hasNews = true;
  apply(session, news);
  tell({ news });
}, (now) => {
  isConnected = now;
  tell({ isConnected });
});
