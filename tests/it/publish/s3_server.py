"""moto's S3 on loopback, with a look into it that does not go through S3.

Usage: s3_server.py PORT BUCKET KEY SECRET. Each line of standard input is a command in JSON, answered by
one line: ["files", prefix] gives {key without it: bytes in hexadecimal}, ["headers", key] what is told of a file,
["put", key, hexadecimal] and ["take", key] change it. It ends when standard input does.
"""

import json
import logging
import os
import sys

port, bucket, key_id, secret = sys.argv[1:]
# Every request must be signed by a key that may do it.
os.environ["INITIAL_NO_AUTH_ACTION_COUNT"] = "0"
logging.getLogger("werkzeug").setLevel(logging.CRITICAL)

from urllib.parse import quote, unquote  # noqa: E402

from moto.iam.access_control import IAMRequestBase  # noqa: E402
from moto.iam.models import iam_backends  # noqa: E402
from moto.s3.models import s3_backends  # noqa: E402
from moto.server import ThreadedMotoServer  # noqa: E402

signed = IAMRequestBase._create_aws_request


def canonical(self):
    """The request as it is signed. moto takes the query as it came, where S3 encodes each part of it
    in one way first: a client may send `prefix=a/` and sign `prefix=a%2F`."""
    request = signed(self)
    path, mark, query = request.url.partition("?")
    parts = [[quote(unquote(side), safe="-_.~") for side in part.split("=", 1)] for part in query.split("&")]
    request.url = path + mark + "&".join("=".join(part) for part in parts)
    return request


IAMRequestBase._create_aws_request = canonical

ACCOUNT = "123456789012"
iam = iam_backends[ACCOUNT]["aws"]
s3 = s3_backends[ACCOUNT]["aws"]

iam.create_user("aws", "publisher")
access_key = iam.create_access_key("publisher")
user = iam.users["publisher"]
access_key.access_key_id, access_key.secret_access_key = key_id, secret
allowed = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}
iam.put_user_policy("publisher", "all", json.dumps({"Version": "2012-10-17", "Statement": [allowed]}))
s3.create_bucket(bucket, "us-east-1")

server = ThreadedMotoServer(ip_address="127.0.0.1", port=int(port), verbose=False)
server.start()
print("ready", flush=True)

for line in sys.stdin:
    command, *arguments = json.loads(line)
    keys = s3.buckets[bucket].keys
    answer = None
    if command == "files":
        (prefix,) = arguments
        ours = [name for name in list(keys) if name.startswith(prefix)]
        answer = {name.removeprefix(prefix): s3.get_object(bucket, name).value.hex() for name in ours}
    elif command == "headers":
        found = s3.get_object(bucket, arguments[0])
        answer = {name.lower(): str(value) for name, value in found.metadata.items()}
        answer["etag"] = found.etag
    elif command == "put":
        s3.put_object(bucket, arguments[0], bytes.fromhex(arguments[1]))
    elif command == "take":
        s3.delete_object(bucket, arguments[0])
    print(json.dumps(answer), flush=True)
