"""Image references: `[registry[:port]/]path[:tag][@digest]`, as the distribution project's grammar has them."""

import re

from ringfence.models.service import Image

MAX_CHARS = 512

_PATH = r"[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*"
_HOST = r"(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:]+\])(?::[0-9]+)?"
_REFERENCE = re.compile(
    rf"(?P<name>(?:{_HOST}/)?{_PATH}(?:/{_PATH})*)(?::(?P<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{{0,127}}))?"
    r"(?:@(?P<digest>[A-Za-z][A-Za-z0-9]*(?:[+._-][A-Za-z][A-Za-z0-9]*)*:[0-9A-Fa-f]{32,}))?"
)


def parse(text: str, *, built_here: bool = False) -> Image | None:
    """The parts of a reference; None where it is none."""
    match = _REFERENCE.fullmatch(text) if len(text) <= MAX_CHARS else None
    if match is None:
        return None
    return Image(name=match["name"], tag=match["tag"], digest=match["digest"], built_here=built_here)


def dump(image: Image) -> str:
    """The reference as a file has it."""
    tag = "" if image.tag is None else f":{image.tag}"
    digest = "" if image.digest is None else f"@{image.digest}"
    return f"{image.name}{tag}{digest}"


def base_name(image: Image) -> str:
    """The last part of the path: `postgres` of `docker.io/library/postgres:16`."""
    return image.name.rpartition("/")[2]


def is_database(image: Image) -> bool:
    """Whether the image is a data store by its name; a broker, an exporter or a console of one is none."""
    path = image.name.split("/")
    return path[-1] in DATABASES or path[-2:] in _OFFICIAL


#: Images, by their last path part, that are data stores.
DATABASES = frozenset(
    "postgres postgresql postgresql-repmgr postgis timescaledb timescaledb-ha pgvector mysql mysql-server"
    " mysql-cluster mariadb mariadb-galera percona percona-server percona-server-mongodb mongo mongodb"
    " mongodb-community-server mongodb-sharded ferretdb redis redis-stack redis-stack-server redis-cluster valkey"
    " valkey-cluster keydb dragonfly memcached cassandra scylla elasticsearch elasticsearch-oss opensearch couchdb"
    " couchbase influxdb clickhouse clickhouse-server neo4j mssql-server azure-sql-edge oracle-free oracle-xe etcd"
    " cockroach cockroachdb rethinkdb arangodb qdrant weaviate milvus victoria-metrics questdb surrealdb"
    " dynamodb-local db2 db2_community firebird edgedb gel tidb yugabyte yugabytedb meilisearch typesense orientdb"
    " aerospike-server tarantool".split()
)
#: Those whose last part alone would say too little.
_OFFICIAL = (["mssql", "server"], ["database", "enterprise"], ["database", "express"], ["database", "free"])
