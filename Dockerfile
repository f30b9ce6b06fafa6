# `sealpost serve` in a container, or any other command: docs/how-to/container.md. The build packs the package as it
# would be published and installs that, so the image holds nothing of the checkout.
FROM node:24-alpine AS build
WORKDIR /build
COPY package.json package-lock.json ./
# Without scripts: the Node that a checkout brings along is not needed here.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json README.md LICENSE CHANGELOG.md ./
COPY bin bin
COPY schema schema
COPY scripts scripts
COPY src src
RUN npm pack --silent
# What the lock file says, without what is for development only.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && mkdir /package && tar -xzf sealpost-*.tgz -C /package --strip-components=1 && mv node_modules /package/

FROM node:24-alpine
WORKDIR /data
COPY --from=build /package /app
RUN ln -s /app/bin/sealpost.js /usr/local/bin/sealpost && chown node:node /data
USER node
EXPOSE 4566
VOLUME /data
# Outside of loopback the test credentials let nobody in: set SEALPOST_ROOT_ACCESS_KEY_ID and
# SEALPOST_ROOT_SECRET_ACCESS_KEY.
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 CMD ["node", "-e", "fetch('http://127.0.0.1:4566/_sealpost/ready').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/bin/sealpost.js"]
CMD ["serve", "--host", "0.0.0.0", "--data", "/data"]
