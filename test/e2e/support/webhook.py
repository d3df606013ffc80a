#!/usr/bin/env python3
"""The other side of a webhook: keeps each request whose signature is right.

webhook.py PORT-FILE SECRET KEPT: writes its port, then a line a request into KEPT.
"""
import hashlib
import hmac
import http.server
import sys

port_file, secret, kept = sys.argv[1:4]


class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        right = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        is_right = hmac.compare_digest(right, self.headers.get("X-Osteon-Signature", ""))
        if is_right:
            with open(kept, "ab") as out:
                out.write(body + b"\n")
        self.send_response(204 if is_right else 403)
        self.end_headers()

    def log_message(self, *_):
        pass


with http.server.HTTPServer(("127.0.0.1", 0), Receiver) as server:
    with open(port_file, "w") as out:
        out.write(str(server.server_address[1]))
    server.serve_forever()
