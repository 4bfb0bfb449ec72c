import { connect } from "node:net";

/** Does somebody listen at the Unix socket of that path, and let this process in? */
export function canConnect(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const answer = (can: boolean) => () => {
      socket.destroy();
      resolve(can);
    };
    socket.once("connect", answer(true));
    socket.once("error", answer(false));
  });
}
