"""
One AWS session, the threads that call it, and what its errors mean.

The SDK is blocking, so calls go through a thread pool of the size of the connection pool. It is imported here only, and
only when somebody opens it: an installation that stays on one machine never pays for the import. Region, credentials,
profile and endpoint are the SDK's own settings (AWS_REGION, AWS_PROFILE, AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_S3, ...).

    async with open_aws() as aws:
        answer = await aws.call("dynamodb", "get_item", TableName="telegram-users", Key={"chat_id": {"N": "42"}})

Whatever goes wrong is raised as one of our errors. Codes the caller names as `expected` come back as `Refused`, since
they are answers (a condition that did not hold, a key that is not there), not failures.
"""

from __future__ import annotations

import asyncio
import functools
import threading
from collections.abc import AsyncIterator, Collection
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sevenbot.errors import ConfigError, Conflict, StateUnavailable, Transient

if TYPE_CHECKING:
    from botocore.exceptions import ClientError

THREADS = 16
"""Calls under way at once: 16 at 10 ms each are 1,600 calls a second, far above what one process asks for."""

ATTEMPTS = 4
"""The first call and three more, with the SDK's own backoff and jitter (about 3 s in all)."""

CONNECT_TIMEOUT = timedelta(seconds=3)
READ_TIMEOUT = timedelta(seconds=5)

PATIENCE = timedelta(seconds=20)
"""For one call with all its attempts; an SMTP client waits minutes (RFC 5321 §4.5.3.2), but others wait behind it."""

#: Error codes by meaning. Sources: DynamoDB developer guide "Error handling", S3 API "Error responses", and
#: "Common errors" of the API references (read 2026-11).
THROTTLED = frozenset(
    {
        "ProvisionedThroughputExceededException",
        "ThrottlingException",
        "Throttling",
        "RequestLimitExceeded",
        "LimitExceededException",
        "SlowDown",
        "TooManyRequestsException",
        "TransactionInProgressException",
        "ReplicatedWriteConflictException",
    }
)
MISSING = frozenset(
    {
        "ResourceNotFoundException",
        "NoSuchBucket",
        "TableNotFoundException",
        "QueueDoesNotExist",
        "AWS.SimpleQueueService.NonExistentQueue",
    }
)
FORBIDDEN = frozenset({"AccessDeniedException", "AccessDenied", "UnauthorizedOperation", "AllAccessDisabled"})
CREDENTIALS = frozenset(
    {
        "ExpiredToken",
        "ExpiredTokenException",
        "TokenRefreshRequired",
        "UnrecognizedClientException",
        "InvalidClientTokenId",
        "InvalidAccessKeyId",
        "InvalidToken",
        "IncompleteSignature",
        "IncompleteSignatureException",
        "MissingAuthenticationToken",
        "MissingAuthenticationTokenException",
    }
)
SIGNATURE = frozenset({"InvalidSignatureException", "SignatureDoesNotMatch"})
CLOCK = frozenset({"RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture"})


class Refused(Conflict):
    """AWS answered with a code that the caller had named as expected; adapters translate it, it never leaves them."""

    def __init__(self, code: str, response: dict[str, Any]) -> None:
        super().__init__(code)
        self.code = code
        #: The whole answer: `Item` after a failed condition, `CancellationReasons` after a transaction.
        self.response = response


class Aws:
    """Clients of one session; safe to use from many threads."""

    def __init__(self, *, region: str | None = None, threads: int = THREADS, attempts: int = ATTEMPTS) -> None:
        from botocore import session  # noqa: PLC0415 - 60 ms that only users of AWS should pay
        from botocore.config import Config  # noqa: PLC0415

        self._session = session.get_session()
        self._session.get_scoped_config()  # says now, rather than at the first call, that there is no such profile
        self._region: str | None = region or self._session.get_config_variable("region")
        self._config = Config(
            connect_timeout=CONNECT_TIMEOUT.total_seconds(),
            read_timeout=READ_TIMEOUT.total_seconds(),
            retries={"mode": "adaptive", "total_max_attempts": attempts},
            max_pool_connections=threads,
            tcp_keepalive=True,
        )
        self._clients: dict[str, Any] = {}
        self._making = threading.Lock()  # the session itself is not safe for threads (boto3 guide, "Multithreading")
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="aws")

    @property
    def region(self) -> str | None:
        """Return the region all calls go to, or None when none is set."""
        return self._region

    def client(self, service: str) -> Any:
        """
        Return the blocking client of *service* ("dynamodb", "s3", "sts", ...); for use in threads and commands.

        Raises:
            ConfigError: No region is set, or a setting of the SDK's own is wrong.
        """
        from botocore.config import Config  # noqa: PLC0415
        from botocore.exceptions import BotoCoreError  # noqa: PLC0415

        with self._making:
            if service not in self._clients:
                # S3 links would still be signed the old way otherwise, which newer regions and KMS keys refuse.
                config = self._config.merge(Config(signature_version="s3v4")) if service == "s3" else self._config
                try:
                    self._clients[service] = self._session.create_client(service, self._region, config=config)
                except (BotoCoreError, ValueError) as exc:
                    raise ConfigError([_about_settings(exc)]) from exc
            return self._clients[service]

    async def call(
        self,
        service: str,
        operation: str,
        *,
        unavailable: type[Transient] = StateUnavailable,
        expected: Collection[str] = (),
        **arguments: Any,
    ) -> dict[str, Any]:
        """
        Call *operation* (snake_case, as the client's method is named) in a thread and return its answer.

        Args:
            service: As for `client`.
            operation: For example "get_item".
            unavailable: What a failure is raised as.
            expected: Error codes that are answers to this caller.
            arguments: The operation's own, in the API's CamelCase.

        Raises:
            Transient: As *unavailable*, with `maybe_done` when the call may have taken effect all the same.
            Refused: One of the *expected* codes.
            ConfigError: See `client`.
        """
        work = functools.partial(self.call_now, service, operation, unavailable, expected, arguments)
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        except TimeoutError as exc:
            raise unavailable(f"{service}: no answer within {PATIENCE.seconds} s", maybe_done=True) from exc

    def call_now(
        self,
        service: str,
        operation: str,
        unavailable: type[Transient],
        expected: Collection[str],
        arguments: dict[str, Any],
    ) -> dict[str, Any]:
        """Do what `call` does, blocking."""
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415

        method = getattr(self.client(service), operation)
        try:
            answer: dict[str, Any] = method(**arguments)
        except (BotoCoreError, ClientError) as exc:
            code = code_of(exc)
            if code in expected and isinstance(exc, ClientError):
                raise Refused(code, exc.response) from exc
            raise translated(exc, service, unavailable) from exc
        return answer

    async def close(self) -> None:
        """Let the calls under way finish, then end threads and connections."""
        await asyncio.to_thread(self._threads.shutdown)
        for client in self._clients.values():
            client.close()


@asynccontextmanager
async def open_aws(*, region: str | None = None, threads: int = THREADS) -> AsyncIterator[Aws]:
    """
    Open a session; nothing is called yet.

    Raises:
        ConfigError: A setting of the SDK's own is wrong (a profile that is not there, say).
    """
    from botocore.exceptions import BotoCoreError  # noqa: PLC0415

    try:
        aws = await asyncio.to_thread(functools.partial(Aws, region=region, threads=threads))
    except BotoCoreError as exc:
        raise ConfigError([_about_settings(exc)]) from exc
    try:
        yield aws
    finally:
        await aws.close()


def code_of(exc: BaseException | None) -> str:
    """Return the service's error code ("AccessDeniedException", "404", ...), or the class name of an SDK error."""
    response = getattr(exc, "response", None)
    if isinstance(response, dict):
        return str(response.get("Error", {}).get("Code", ""))
    return type(exc).__name__


def translated(exc: Exception, service: str, unavailable: type[Transient] = StateUnavailable) -> Transient:
    """
    Return the error of ours that *exc*, of the SDK, means.

    All are transient: even a missing table or expired credentials are for the operator to mend, and no mail may be
    lost or bounced meanwhile. The words carry codes only: the service's own may hold account ids and key names.
    """
    from botocore.exceptions import ClientError  # noqa: PLC0415

    if isinstance(exc, ClientError):
        about = exc.response.get("ResponseMetadata", {})
        # The SDK tells its last attempt only: an earlier one, without an answer, may have taken effect.
        maybe_done = about.get("HTTPStatusCode", 0) >= 500 or about.get("RetryAttempts", 0) > 0
        return unavailable(f"{service}: {meaning(exc)} ({code_of(exc)})", maybe_done=maybe_done)
    words = _OWN_WORDS.get(code_of(exc), "no answer")
    return unavailable(f"{service}: {words} ({code_of(exc)})", maybe_done=code_of(exc) not in _NEVER_SENT)


def meaning(exc: ClientError) -> str:
    """Return in plain words what a service's error says."""
    code = code_of(exc)
    status = exc.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    for codes, words in _WORDS:
        if code in codes:
            return words
    return "an internal error of the service" if status >= 500 else "the call was refused"


_WORDS = (
    (THROTTLED, "throttled, more is asked than the table or account allows"),
    (MISSING, "the table, bucket or queue is not there in this region"),
    (FORBIDDEN, "the credentials lack a permission"),
    (CREDENTIALS, "the credentials are not valid, or have expired"),
    (SIGNATURE, "the signature is wrong: a wrong secret key, or this machine's clock is off"),
    (CLOCK, "this machine's clock is off by minutes"),
)

_OWN_WORDS = {
    "NoCredentialsError": "no credentials were found",
    "PartialCredentialsError": "the credentials are incomplete",
    "CredentialRetrievalError": "the credentials could not be fetched",
    "TokenRetrievalError": "the credentials could not be refreshed",
    "SSOTokenLoadError": "the sign-on has expired",
    "UnauthorizedSSOTokenError": "the sign-on has expired",
    "EndpointConnectionError": "the endpoint is not reached",
    "ConnectTimeoutError": "the endpoint is not reached",
    "ProxyConnectionError": "the proxy is not reached",
    "SSLError": "the endpoint's certificate is not trusted",
    "ReadTimeoutError": "no answer in time",
    "ParamValidationError": "the call is malformed",
}

#: Where no attempt can have been signed and sent. With an endpoint "not reached" an earlier attempt may have been.
_NEVER_SENT = frozenset(
    {"NoCredentialsError", "PartialCredentialsError", "CredentialRetrievalError", "TokenRetrievalError"}
    | {"SSOTokenLoadError", "UnauthorizedSSOTokenError", "ParamValidationError"}
)


def _about_settings(exc: Exception) -> str:
    match code_of(exc):
        case "NoRegionError":
            return "AWS_REGION: is not set. The region of the tables, for example us-east-1."
        case "ProfileNotFound":
            return f"AWS_PROFILE: {exc}"
        case _:
            return f"AWS settings: {exc}"
