// A mail server of a test's own: takes every letter, or (refuse) no recipient.
import net from "node:net";

function talk(post, socket) {
    let text = "";
    let inLetter = false;
    socket.on("error", () => socket.destroy());
    socket.write("220 mailbox.test\r\n");
    socket.on("data", (data) => {
        text += data.toString("latin1");
        for (let end; (end = text.indexOf(inLetter ? "\r\n.\r\n" : "\r\n")) >= 0;) {
            const line = text.slice(0, end);
            text = text.slice(end + (inLetter ? 5 : 2));
            if (inLetter) post.letters.push(line);
            if (line.startsWith("DATA") && !inLetter) socket.write("354 go on\r\n");
            else if (line.startsWith("RCPT") && post.refuse) socket.write("550 5.1.1 nobody\r\n");
            else if (line.startsWith("QUIT")) socket.end("221 bye\r\n");
            else socket.write("250 ok\r\n");
            inLetter = line.startsWith("DATA") && !inLetter;
        }
    });
}

export async function openMailbox() {
    const post = { letters: [], refuse: false };
    post.server = net.createServer((socket) => talk(post, socket));
    await new Promise((resolve) => post.server.listen(0, "127.0.0.1", resolve));
    post.url = `smtp://127.0.0.1:${post.server.address().port}`;
    post.close = () => post.server.close();
    return post;
}
