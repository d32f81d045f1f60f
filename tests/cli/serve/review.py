"""A review page that is begun, asked and ended; for the cases beside it."""
import http.client
import json
import os
import re
import signal
import subprocess


class Review:
    def __init__(self, *options):
        self.program = subprocess.Popen(
            [os.environ["BYLAW"], "serve", "--json", *options],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.url = json.loads(self.program.stdout.readline())["url"]
        self.port, self.token = re.fullmatch(
            r"http://127\.0\.0\.1:(\d+)/([0-9a-f]{32})/", self.url).groups()

    def ask(self, method, path, body=None, headers=(), length=True):
        """Status, headers and text of an answer; None in headers leaves one out."""
        said = {"Host": "127.0.0.1:" + self.port}
        if method == "POST":
            said.update({"Origin": "http://127.0.0.1:" + self.port,
                         "X-Bylaw-Token": self.token,
                         "Content-Type": "application/json"})
            if length:
                said["Content-Length"] = str(len(body))
        said.update({k: v.replace("PORT", self.port) if v else v
                     for k, v in dict(headers).items()})
        connection = http.client.HTTPConnection("127.0.0.1", int(self.port), timeout=20)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in said.items():
            if value is not None:
                connection.putheader(name, value)
        connection.endheaders()
        try:
            if body:
                connection.send(body)
        except OSError:
            pass  # refused before it was all sent; the answer is there
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, answer.headers, text

    def get(self, path="", **more):
        return self.ask("GET", "/" + self.token + "/" + path, **more)

    def post(self, path, body, **more):
        if not isinstance(body, bytes):
            body = json.dumps(body).encode()
        return self.ask("POST", "/" + self.token + "/" + path, body, **more)

    def end(self, how=signal.SIGINT):
        self.program.send_signal(how)
        return self.program.wait(timeout=20)


def told(name, answer):
    """One line: what was asked, what came of it."""
    status, _, text = answer
    if text.startswith('{"schema":"bylaw.error/1"'):
        error = json.loads(text)
        text = "%s [%s]" % (error["what"], error["id"])
    elif text.startswith("<!DOCTYPE"):
        text = "a page"
    elif text.startswith("{"):
        text = "an answer"
    else:
        text = "refused unread"
    print("%-26s %d %s" % (name, status, text))
