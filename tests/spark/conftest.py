from __future__ import annotations

import pytest

from tests.spark.cluster import QUICK_START, cluster
from xingtan.core.determination.batch.spark import spark_session


@pytest.fixture(scope="session")
def spark_url(tmp_path_factory):
    """A cluster of one master and two workers; its logs lie in pytest's folder when a test fails."""
    with cluster(tmp_path_factory.mktemp("cluster")) as url:
        yield url


@pytest.fixture(scope="session")
def spark(spark_url):
    """A session on that cluster, with an executor on each worker."""
    with spark_session(spark_url, memory="512m", partitions=4, java=QUICK_START) as session:
        yield session
