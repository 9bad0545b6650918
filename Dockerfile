# Stage one compiles; stage two holds what runs, without tools, tests or data.

FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build

FROM node:24-slim
WORKDIR /app
ENV NODE_ENV=production ATLAS_HOST=0.0.0.0 ATLAS_DATA=/data
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev && npm cache clean --force
COPY --from=build /app/dist ./dist
COPY bin ./bin
COPY LICENSE ./

# What the program writes, and where Werkstatt and worker meet; nobody else may read them.
RUN install -d -o node -g node -m 700 /data /run/sozialraum-atlas
VOLUME /data
USER node
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.ATLAS_PORT || 8080}/health/ready`).then(answer => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]

# Not through npm: it would keep the signals that end the server in order.
CMD ["node", "bin/atlas.js", "serve"]
