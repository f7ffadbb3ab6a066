"""The yardstick for issuing a link: a Flask route that does one durable SET, and nothing else.

It stores what it is sent, under a random key, in the store that the service under measurement uses.
"""

from __future__ import annotations

import os
import secrets

import redis
from flask import Flask, request

from bench.servers import STORE_VARIABLE

app = Flask(__name__)
store = redis.Redis(unix_socket_path=os.environ[STORE_VARIABLE])


@app.post("/")
def put() -> tuple[dict[str, bool], int]:
    store.set(f"bench:{secrets.token_urlsafe(16)}", request.get_data())
    return {"stored": True}, 201
