# syntax=docker/dockerfile:1
# The service of Buldan in a small image: no root, no compiler, nothing to write but /tmp.
#   docker build -t buldan .
#   docker run --rm -p 127.0.0.1:8000:8000 --read-only --tmpfs /tmp buldan

FROM python:3.13-slim AS build
# The compiler's version changes nothing that matters here.
# hadolint ignore=DL3008
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY pyproject.toml hatch_build.py README.md LICENSE ./
COPY src ./src
COPY gazetteer ./gazetteer
COPY constraints.txt ./
RUN python -m venv /opt/buldan && /opt/buldan/bin/pip install --no-cache-dir -c constraints.txt '.[server]'
# The index is made once, here, so that a container answers at once and needs no place to keep one.
ENV XDG_CACHE_HOME=/opt/cache
RUN /opt/buldan/bin/buldan lookup Yalda > /dev/null \
    && printf 'يلدا\n' > /tmp/text && /opt/buldan/bin/buldan geoparse /tmp/text > /dev/null

FROM python:3.13-slim
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin buldan
COPY --from=build /opt/buldan /opt/buldan
COPY --from=build /opt/cache /opt/cache
ENV PATH=/opt/buldan/bin:$PATH XDG_CACHE_HOME=/opt/cache PYTHONDONTWRITEBYTECODE=1 \
    BULDAN_HOST=0.0.0.0 BULDAN_PORT=8000
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/health', timeout=2)"]
CMD ["buldan", "serve"]
